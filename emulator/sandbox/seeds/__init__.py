"""Seeds: the files sandboxes start from, found, read, checked, and made ready to copy."""
