"""What the server relies on in waitress beyond what it documents, each name with how it is used.

When one of these fails after an upgrade, waitress has changed: look at the module of ours that is named.
"""

from __future__ import annotations

import ast
import inspect
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from kit.raw_http import ask, connect
from kit.served import Served
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import Error

from emulator.web.http import connections, listener, requests

SEEN_IN = "waitress 3.0.2"
METHODS: list[tuple[Any, str, list[str]]] = [
    (HTTPChannel, "__init__", ["self", "server", "sock", "addr", "adj", "map"]),
    (HTTPChannel, "_flush_exception", ["self", "flush", "do_close"]),
    (HTTPChannel, "_flush_some", ["self", "do_close"]),
    (HTTPChannel, "cancel", ["self"]),
    (HTTPChannel, "handle_close", ["self"]),
    (HTTPChannel, "handle_read", ["self"]),
    (HTTPChannel, "handle_write", ["self"]),
    (HTTPChannel, "readable", ["self"]),
    (HTTPChannel, "received", ["self", "data"]),
    (HTTPChannel, "recv", ["self", "buffer_size"]),
    (HTTPChannel, "service", ["self"]),
    (HTTPChannel, "writable", ["self"]),
    (HTTPChannel, "write_soon", ["self", "data"]),
    (HTTPRequestParser, "__init__", ["self", "adj"]),
    (HTTPRequestParser, "parse_header", ["self", "header_plus"]),
    (HTTPRequestParser, "received", ["self", "data"]),
    (Task, "set_close_on_finish", ["self"]),
    (Task, "write", ["self", "data"]),
    (ErrorTask, "execute", ["self"]),
    (WSGITask, "execute", ["self"]),
    (
        TcpWSGIServer,
        "__init__",
        [
            "self",
            "application",
            "map",
            "_start",
            "_sock",
            "dispatcher",
            "adj",
            "sockinfo",
            "bind_socket",
            "kw",
        ],
    ),
    (TcpWSGIServer, "accept", ["self"]),
    (TcpWSGIServer, "close", ["self"]),
    (TcpWSGIServer, "del_channel", ["self", "map"]),
    (TcpWSGIServer, "fix_addr", ["self", "addr"]),
    (TcpWSGIServer, "handle_accept", ["self"]),
    (TcpWSGIServer, "pull_trigger", ["self"]),
    (TcpWSGIServer, "readable", ["self"]),
    (TcpWSGIServer, "set_socket_options", ["self", "conn"]),
    (wasyncore, "close_all", ["map", "ignore_all"]),
    (wasyncore, "read", ["obj"]),
    (wasyncore, "write", ["obj"]),
]
ATTRIBUTES = {
    "Connection": {
        "adj",
        "close_when_flushed",
        "connected",
        "error_task_class",
        "parser_class",
        "request",
        "requests",
        "requests_lock",
        "sendbuf_len",
        "server",
        "socket",
        "task_class",
        "total_outbufs_len",
        "will_close",
    },
    "Listener": {"accepting", "active_channels", "adj", "channel_class", "socket", "trigger"},
    "Parser": {
        "body_rcv",
        "chunked",
        "completed",
        "content_length",
        "error",
        "expect_continue",
        "header_plus",
        "headers",
        "headers_finished",
        "path",
        "version",
    },
    "Refusal": {"channel", "content_length", "request", "response_headers", "status"},
    "_OneSegment": {"channel", "wrote_header"},
}
"""By the class of ours, what waitress sets or reads on its objects."""
DERIVED = {
    "Connection": (connections.Connection, HTTPChannel),
    "Listener": (listener.Listener, TcpWSGIServer),
    "Parser": (requests.Parser, HTTPRequestParser),
    "Refusal": (connections.Refusal, ErrorTask),
    "_OneSegment": (connections._OneSegment, Task),
}


def _installed() -> str:
    return f"Seen in {SEEN_IN}; installed is {version('waitress')}."


@pytest.mark.parametrize(
    ("owner", "name", "parameters"), METHODS, ids=[f"{owner.__name__}.{name}" for owner, name, _ in METHODS]
)
def test_a_method_is_there_with_its_parameters(owner: Any, name: str, parameters: list[str]) -> None:
    """It is overridden, or called, with these."""
    found = getattr(owner, name, None)

    assert found is not None, _installed()
    assert list(inspect.signature(found).parameters) == parameters, _installed()


def test_attributes_are_there() -> None:
    """On a connection that has been answered, on its port, and on a request that was read."""
    with Served() as served, connect((server := served.server).port) as client:
        assert ask(client).status == 200
        (port,) = server._listeners
        (connection,) = port.active_channels.values()
        request = requests.Parser(Adjustments(), lambda *_: 100)
        request.received(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1")
        task = connections.Refusal(connection, request)
        objects = {
            "Connection": connection,
            "Listener": port,
            "Parser": request,
            "Refusal": task,
            "_OneSegment": task,
        }

        missing = {
            owner: {name for name in names if not hasattr(objects[owner], name)}
            for owner, names in ATTRIBUTES.items()
        }

    assert missing == {owner: set() for owner in ATTRIBUTES}, _installed()
    assert isinstance(request.body_rcv, ChunkedReceiver)
    assert {"control_line", "trailer"} <= set(dir(request.body_rcv))
    assert isinstance(request.body_bytes_received, int)
    assert {"code", "reason", "body"} <= set(vars(Error)) | set(vars(Error("x")))


@pytest.mark.parametrize("name", DERIVED)
def test_nothing_else_is_relied_on(name: str) -> None:
    """A name that is used and stands in neither table is missing there."""
    ours, theirs = DERIVED[name]
    source = ast.parse(Path(inspect.getfile(ours)).read_text(encoding="utf-8"))
    (body,) = (each for each in source.body if isinstance(each, ast.ClassDef) and each.name == name)
    own = {each.name for each in body.body if isinstance(each, ast.FunctionDef)} | _begun_with(body)
    used = {each.attr for each in ast.walk(body) if isinstance(each, ast.Attribute) and _is_of_self(each)}
    known = {method for owner, method, _ in METHODS if isinstance(owner, type) and issubclass(theirs, owner)}

    assert used - own - known | _put_in_its_place(body, theirs) == ATTRIBUTES[name], _installed()


def _is_of_self(attribute: ast.Attribute) -> bool:
    value = attribute.value
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "super"
    return isinstance(value, ast.Name) and value.id == "self"


def _begun_with(body: ast.ClassDef) -> set[str]:
    """The attributes that a class of ours makes itself, which waitress does not have."""
    targets = {
        attribute.attr
        for method in body.body
        if isinstance(method, ast.FunctionDef) and method.name == "__init__"
        for attribute in ast.walk(method)
        if isinstance(attribute, ast.Attribute) and isinstance(attribute.ctx, ast.Store)
    }
    return targets - ATTRIBUTES[body.name]


def _put_in_its_place(body: ast.ClassDef, theirs: type) -> set[str]:
    """What waitress has in the class, and ours has something else for."""
    assigned = [target for each in body.body if isinstance(each, ast.Assign) for target in each.targets]
    return {each.id for each in assigned if isinstance(each, ast.Name) and hasattr(theirs, each.id)}


def test_a_parser_is_made_as_waitress_makes_it() -> None:
    """With the adjustments alone: our bound of the body is given beforehand."""
    made = partial(requests.Parser, largest_body=lambda *_: 100)(Adjustments())

    assert made.error is None
