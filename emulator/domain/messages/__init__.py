"""Messages: a module for each kind of content, and the statuses all of them go through."""
