"""``approve``: decisions over templates."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result
from kit.graph import graph_of

from emulator import Emulator, Sandbox

Invoke = Callable[..., Result]
NEW = {
    "name": "autumn",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Your order has left our house."}],
}


def test_approve_decides_what_waits(invoke: Invoke, emulator: Emulator, sandbox: Sandbox) -> None:
    """By the name, in every language; the second time there is nothing to decide."""
    sandbox.change_settings(review="by_hand")
    graph = graph_of(emulator)
    for language in ("en_US", "de"):
        assert graph.post(f"{graph.waba}/message_templates", NEW | {"language": language}).status_code == 200

    first, second = invoke("approve", "autumn"), invoke("approve", "autumn")

    assert sorted(first.output.splitlines()) == ["autumn (de) is approved", "autumn (en_US) is approved"]
    assert "nothing waits for a decision" in second.output
    assert "en_US is APPROVED" in second.output
    assert "there is no template 'spring'; there are: " in invoke("approve", "spring").output
