"""heyoo 0.1.2, where this Python can import it."""

from __future__ import annotations

from typing import Any

import pytest


def imported() -> Any:
    """The module ``heyoo``; skips the test, or the module that asks for it, where it cannot be imported."""
    try:
        import heyoo
    except UnicodeEncodeError:
        pytest.skip(
            "heyoo 0.1.2 has half a surrogate pair in a docstring, which Python 3.13 and later refuse",
            allow_module_level=True,
        )
    return heyoo
