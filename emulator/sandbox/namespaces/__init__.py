"""What can be done in a sandbox, by noun. Each act is one transaction, with one name at every door."""
