"""Put a webhook through what the platform does in production, and judge each answer by a table of rules.

:mod:`.rules` is the table, :mod:`.checks` has what judges, :mod:`.platform` makes the webhooks, and
:mod:`.examination` goes through the table.
"""
