"""The template editor's rules: what a draft must be, and which templates may be edited or deleted."""
