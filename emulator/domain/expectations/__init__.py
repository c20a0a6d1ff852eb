"""What a test may expect of an app: conditions on what it sent and called, and the nearest miss."""
