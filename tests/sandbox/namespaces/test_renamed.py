"""The former names of a sandbox's acts: they work for one more version, and say the present name."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter

import pytest
from kit.identities import SHEENA

from emulator import Sandbox
from emulator.sandbox.namespaces.renamed import RENAMED


def test_a_former_name_is_the_act_of_today(sandbox: Sandbox) -> None:
    """It warns, and is the very method."""
    for former, present in RENAMED.items():
        with pytest.warns(DeprecationWarning, match=f"Sandbox.{former} is called Sandbox.{present} now"):
            act = getattr(sandbox, former)

        assert act == attrgetter(present)(sandbox)


@pytest.mark.parametrize("name", ["people", "messages", "groups", "limits", "faults"])
def test_what_was_a_method_is_a_namespace_that_can_still_be_called(sandbox: Sandbox, name: str) -> None:
    """``sandbox.people()`` lists what ``sandbox.people.all()`` lists."""
    sandbox.people.say(SHEENA, "Hello")

    with pytest.warns(DeprecationWarning, match=rf"Sandbox.{name}\(\) is called Sandbox.{name}.all\(\) now"):
        listed = getattr(sandbox, name)()

    assert listed == getattr(sandbox, name).all()


def test_webhooks_are_spoilt_by_their_former_act(sandbox: Sandbox) -> None:
    """It warns, and adds the fault of today; of a batch ``times`` is the size."""
    with pytest.warns(
        DeprecationWarning, match=r"Sandbox.webhooks.spoil\(\) is called Sandbox.faults.add\(\)"
    ):
        spoilt = [
            sandbox.webhooks.spoil("late", times=2, by=timedelta(hours=3)),
            sandbox.webhooks.spoil("batch", times=5),
        ]
    with pytest.warns(DeprecationWarning, match=r"is called Sandbox.faults.all\('webhook'\) now"):
        listed = sandbox.webhooks.faults()

    assert [(fault.kind, fault.times, fault.parameters) for fault in spoilt] == [
        ("late", 2, {"by": 10800.0}),
        ("batch", 1, {"size": 5}),
    ]
    assert listed == spoilt == sandbox.faults.all("webhook")


def test_what_never_was_a_name_is_none(sandbox: Sandbox) -> None:
    """A misspelt act is an AttributeError, as for any object."""
    with pytest.raises(AttributeError, match="has no attribute 'sya'"):
        sandbox.sya  # type: ignore[attr-defined]  # noqa: B018
