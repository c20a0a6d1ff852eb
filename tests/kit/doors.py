"""Every view and act of a sandbox, at both doors: what still works after somebody has tried to break it."""

from __future__ import annotations

from typing import Any

from emulator.web.control.modules import every_route
from kit.control import Control
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, PABLO, PRODUCTION, SHEENA, WABA_ID
from kit.messages import order_shipped_parts


def failing(control: Control, graph: Graph) -> list[str]:
    """Which views and acts of a sandbox are answered with 500, or raise."""
    calls: list[tuple[str, Any]] = [
        *((f"GET {path}", lambda path=path: control.get(path)) for path in _views(control)),
        *((f"GET {path} of Graph", lambda path=path: graph.get(path)) for path in _nodes()),
        ("send", lambda: graph.text("Still there?")),
        ("send", lambda: graph.template("order_shipped", *order_shipped_parts(), to=PABLO)),
        ("say", lambda: control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})),
        ("tap", lambda: control.post(f"/people/{SHEENA}/taps", {"button": "Where is it?"})),
        ("read", lambda: control.post(f"/people/{SHEENA}/reads")),
        ("call", lambda: control.post(f"/people/{PABLO}/calls", {"lasts": 5})),
        ("settle", lambda: control.post("/settle")),
        ("advance", lambda: control.post("/clock/advance", {"days": 8})),
        ("transcript", lambda: control.get("/transcript")),
        ("costs", lambda: control.get("/costs")),
        ("snapshot", lambda: control.get("/snapshot")),
    ]
    found = []
    for name, call in calls:
        try:
            with call() as answer:
                status = answer.status_code
        except Exception as problem:
            found.append(f"{name} raises {type(problem).__name__}: {problem}")
            continue
        if status >= 500:
            found.append(f"{name} is answered with {status}")
    return found


def _views(control: Control) -> list[str]:
    """Every path of the control API that is read, with the names of what is there."""
    known = {
        "messages/{id}": [each["id"] for each in _listed(control, "/messages", "messages")[-3:]],
        "deliveries/{id}": [each["id"] for each in _listed(control, "/deliveries", "deliveries")[-3:]],
        "templates/{id}": [each["id"] for each in _listed(control, "/templates", "templates")[:3]],
        "people/{wa_id}": [SHEENA],
        "people/{wa_id}/relationships": [f"{SHEENA}/relationships"],
    }
    pictures = [each.get("image") or {} for each in _listed(control, "/messages", "messages")]
    known["media/{id}"] = [each["id"] for each in pictures if "id" in each]
    paths = ["/_emulator/sandboxes", "/_emulator/health", f"/limits?wa_id={SHEENA}"]
    for route in every_route():
        if route.method != "GET" or not route.path.startswith("/sandboxes/{s}") or "snapshot" in route.path:
            continue
        path = route.path.removeprefix("/sandboxes/{s}")
        if "{" not in path:
            paths.append(path)
            continue
        paths += [path.partition("{")[0] + str(name) for name in known[path[1:]]]
    return paths


def _listed(control: Control, path: str, name: str) -> list[Any]:
    answer = control.get(path)
    return (answer.json or {}).get(name, []) if answer.status_code == 200 else []


def _nodes() -> list[str]:
    return [
        PRODUCTION,
        WABA_ID,
        f"{WABA_ID}/message_templates",
        f"{WABA_ID}/phone_numbers",
        f"{WABA_ID}/subscribed_apps",
        f"{PRODUCTION}/block_users",
        f"debug_token?input_token={ACCESS_TOKEN}",
        f"{PRODUCTION}?fields=health_status",
        f"{WABA_ID}?fields=health_status",
    ]
