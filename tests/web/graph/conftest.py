"""Accounts that are allowed something, and a template to create."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kit.answers import Answer
from kit.graph import Graph
from kit.submissions import DRAFT

from emulator import Sandbox


@pytest.fixture
def create(graph: Graph) -> Callable[..., Answer]:
    """Creates the template of :data:`~kit.submissions.DRAFT`, with other members."""

    def make(**changes: Any) -> Answer:
        return graph.post(f"{graph.waba}/message_templates", DRAFT | changes)

    return make


@pytest.fixture
def direct(sandbox: Sandbox, graph: Graph) -> Graph:
    """The Graph API of an account that may send directly."""
    sandbox.change_settings(direct_send="on")
    return graph
