"""Facts of nouns: what a person, a template or a number has, declared once, with its type."""
