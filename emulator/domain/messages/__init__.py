"""Messages in both directions, and the statuses all of them go through."""
