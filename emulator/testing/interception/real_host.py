"""What may become of calls for Meta's real hosts that are not intercepted: the words of an option.

Nothing is imported here; every pytest run that has the package installed reads the option.
"""

REFUSE = "refuse"
REAL_HOST = (REFUSE, "allow")
"""They are refused, or let out."""
