"""An NWB file itself: opened, looked through, added to; its times, its units, its tables."""
