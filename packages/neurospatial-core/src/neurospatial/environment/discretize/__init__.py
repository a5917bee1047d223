"""From positions or an arena to bins: where they lie and which are kept."""
