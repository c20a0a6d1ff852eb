"""Messages: one module a kind of content, and the life all of them share."""
