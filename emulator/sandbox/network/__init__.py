"""HTTP of a sandbox to the outside: to receivers of webhooks and to the hosts of media links.

Every exchange has one total time, every answer has a bound, and every address is checked first.
"""
