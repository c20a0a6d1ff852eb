"""The functions that judge: each does to a callback what its rule says, and returns what became of it."""
