"""Message templates: their nodes, their library and their archive."""
