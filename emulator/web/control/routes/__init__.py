"""The table of control routes, what a route takes, how it is found, and the document that is made of all."""
