"""The documented import paths of what single backends offer; nothing lives here."""
