"""What the control API answers: the members of each answer, with their types.

An answer is a ``TypedDict``. The function that builds it returns that type, so that mypy compares the two;
:mod:`.schemas` makes of it the schema of the OpenAPI document, and the tests compare every answer with that.
"""
