"""What counts towards limits."""
