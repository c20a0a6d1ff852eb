"""Filling a template: the values a send must bring, and the rendered message."""
