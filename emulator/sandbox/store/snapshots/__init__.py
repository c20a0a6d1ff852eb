"""Snapshots that were received: opened apart, judged whole, and only then taken over."""
