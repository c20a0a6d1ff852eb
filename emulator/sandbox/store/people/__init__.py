"""People, and how each stands to a business number."""
