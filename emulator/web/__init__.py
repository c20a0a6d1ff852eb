"""The HTTP doors: the Graph API and the control API.

Each parses a request, asks the sandbox, and shows the answer.
"""
