"""Calls that are changed at random; the chance is seeded, so that each run makes the same."""
