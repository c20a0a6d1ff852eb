"""The account of the recordings, and a way to ask it what was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from kit.answers import Answer
from kit.fidelity.recordings import SEED, TOKEN

from emulator import Emulator, create_app
from emulator.sandbox.sandbox import Sandbox


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="module")
def client(emulator: Emulator) -> FlaskClient:
    return create_app(emulator).test_client()


@pytest.fixture
def sandbox_with(emulator: Emulator, tmp_path: Path) -> Iterator[Any]:
    """Makes the sandbox of the recordings: registered or not, with these templates, at some time."""

    def make(
        *templates: dict[str, Any], registered: bool = True, at: datetime = datetime(2026, 2, 10, tzinfo=UTC)
    ) -> Sandbox:
        file = tmp_path / "recorded.yaml"
        file.write_text(
            SEED.format(registered=str(registered).lower(), templates=json.dumps(templates)), encoding="utf-8"
        )
        return emulator.create(seed=file, at=at, speed=None, at_once=True)

    yield make
    for sandbox in emulator.all():
        emulator.remove(sandbox.name)


@pytest.fixture
def ask(client: FlaskClient) -> Any:
    """Asks what was asked: method and path, and a body as it was written."""

    def call(request: str, body: str = "", content_type: str | None = None) -> Answer:
        method, path = request.split(" ", 1)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        if body and content_type is None:
            content_type = "application/json"
        answer = client.open(
            path, method=method, data=body.encode() or None, content_type=content_type, headers=headers
        )
        return cast(Answer, answer)

    return call
