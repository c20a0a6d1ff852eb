"""The template editor's rules: what a draft must be."""
