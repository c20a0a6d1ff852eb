"""Calls of the Graph API at random: every operation, with ids of the right thing, another one, or none."""

from __future__ import annotations

import json
import random
from dataclasses import replace

from kit.fuzzing.calls import Sent, call
from kit.fuzzing.changes import word
from kit.fuzzing.known import Known
from kit.graph import Graph
from kit.operations import GRAPH, Operation

_VERSIONS = ("v24.0",) * 20 + ("v20.0", "v23.0", "v99.0", "v1.0", "V24.0", "v24", "v24.0/v24.0", "")
_TOKENS = (Graph.app_token, "", "x", "EAA" + "x" * 180, "Bearer x", "\x7f")
_TYPES = ("image/png", "image/jpeg", "text/plain", "audio/ogg", "image/png; a=b", "x", "", "video/mp4")
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def graph_call(chance: random.Random, known: Known, operations: tuple[Operation, ...] = GRAPH) -> Sent:
    """Make a call of one of the operations, changed at random."""
    operation = chance.choice(operations)
    ids = known.all
    node, _, edge = operation.path.partition("/")
    node = _node(chance, node, known)
    if chance.random() < 0.05:
        edge = chance.choice((edge + "/x", "", "messages", word(chance, ids)[:200], operation.path))
    version = chance.choice(_VERSIONS)
    token = operation.token if chance.random() < 0.95 else chance.choice(_TOKENS)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    files: list[tuple[str, str, bytes]] = []
    if edge == "media":
        files.append((chance.choice(("file", "file", "file", "file[a]", "x")), chance.choice(_TYPES), _PNG))
    path = "/".join(part for part in ("", version, node, edge) if part or part == edge == "") or "/"
    body = None if operation.body is None else json.loads(json.dumps(operation.body))
    made = call(chance, operation.method, f"/{path.lstrip('/')}", body, operation.query, ids, files=files)
    if node.startswith("upload:"):
        headers["file_offset"] = chance.choice(("0", "0", "64", "-1", "x", "9" * 30, ""))
        made = replace(made, method=chance.choice(("POST", "GET")), data=_PNG, content_type=None)
    return replace(made, headers=headers)


def _node(chance: random.Random, name: str, known: Known) -> str:
    """What stands first in a path: mostly the right thing, else another thing, or nothing there is."""
    dice = chance.random()
    if dice < 0.06:
        return word(chance, known.all)[:2000]
    if dice < 0.12:
        return chance.choice(known.all)
    if name == "1":
        return chance.choice(known.media)
    if name.startswith("upload:"):
        return chance.choice(known.uploads)
    return chance.choice(known.templates) if name in known.templates and dice < 0.6 else name
