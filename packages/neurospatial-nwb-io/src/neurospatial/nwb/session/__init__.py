"""A recorded session: opened, asked for its data, mapped, animated."""
