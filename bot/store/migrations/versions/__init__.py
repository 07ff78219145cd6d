"""Each migration, oldest first by its ``down_revision``."""
