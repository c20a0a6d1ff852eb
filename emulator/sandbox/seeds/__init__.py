"""Seeds: the files sandboxes start from, found, read, checked."""
