"""Bodies to commands."""
