"""What a person cannot do."""


class CannotDo(ValueError):
    """A person was asked to do what they cannot: the sentence says why, and what they could do."""
