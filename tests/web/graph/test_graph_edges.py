"""The modules that answer the edges of the Graph API are imported when an edge is called."""

from __future__ import annotations

from emulator.web.graph import endpoints


def test_every_edge_is_answered_by_the_module_of_its_row() -> None:
    """And a module answers no edge without a row: it would not be found."""
    found = {
        (node.__name__, edge): endpoint.function.__module__
        for node, edge in endpoints.EDGES
        for method in ("GET", "POST", "DELETE")
        if (endpoint := endpoints.find(object.__new__(node), edge, method)) is not None
    }

    assert found == {
        (node.__name__, edge): f"emulator.web.graph.{module}"
        for (node, edge), module in endpoints.EDGES.items()
    }
    assert {(node, edge) for node, edge, _ in endpoints.emulated()} == set(found)
