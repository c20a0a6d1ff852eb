"""What a strict test fails for, and what the report of a failing test says."""
