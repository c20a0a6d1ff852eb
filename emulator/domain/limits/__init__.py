"""Limits of the platform, and the policies under which each holds."""
