"""Files, and their bytes."""
