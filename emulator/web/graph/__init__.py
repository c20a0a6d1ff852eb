"""The Graph API: a module or a folder for each noun, and one table of edges."""
