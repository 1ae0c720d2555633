"""Forms of this room's screens."""
