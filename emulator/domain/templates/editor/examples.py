"""The editor's rules about examples: of the variables of a text, and of the file of a header.

Which member an example has to have is a row of the schema; here its values are judged, by number and shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from emulator.domain.shapes import web_host
from emulator.domain.templates.refusals import invalid_handle, missing_field, refusal
from emulator.domain.templates.variables import is_named, mixes_kinds, placeholders

_HANDLE = re.compile(r"[0-9]{1,2}:\S+")
_ADDRESS = "Upload the file in pieces (POST /{app_id}/uploads): an address is no handle."
_MEMBERS = {"POSITIONAL": "{}_text", "NAMED": "{}_text_named_params"}


def is_handle(handle: str) -> bool:
    """Say whether a text has the form of a handle that an upload in pieces ends with (``4::aW…``)."""
    return _HANDLE.fullmatch(handle) is not None


def check_example_member(kind: str, component: Mapping[str, Any], text: str, parameter_format: str) -> None:
    """Refuse an example that has values, but not under the member of the template's ``parameter_format``.

    Such is the example of named variables in a template that does not say that its variables are named
    (2388043 with the dotted name, quoted).
    """
    example, member = component.get("example"), _member(kind, parameter_format)
    if not placeholders(text) or mixes_kinds(text):
        return
    if isinstance(example, Mapping) and example and example.get(member) is None:
        is_of_names = all(map(is_named, placeholders(text)))
        raise missing_field(
            kind,
            f"example.{member}",
            "The variables are named; say so with parameter_format NAMED."
            if is_of_names and parameter_format != "NAMED"
            else f"The template has parameter_format {parameter_format}.",
        )


def check_example(kind: str, component: Mapping[str, Any], text: str, parameter_format: str) -> None:
    """Refuse a missing, superfluous or miscounted example; the platform has one sentence for all of them.

    Numbered variables have ``[["a", "b"]]``, each list with a value for every variable; for one variable
    ``["a"]`` and ``"a"`` pass as well. Of two a flat list is refused, as reported.
    """
    names, example = placeholders(text), component.get("example")
    if not names:
        if example:
            raise missing_field(kind, "example", "The text has no variables, so it takes no example.")
        return
    member = _member(kind, parameter_format)
    given = example.get(member) if isinstance(example, Mapping) else None
    if parameter_format == "NAMED":
        fits = _names_all(given, names)
        wanted = f'"{member}": [{{"param_name": …, "example": …}}] for {", ".join(names)}'
    else:
        fits = _counts(given, len(names), is_flat=kind == "HEADER")
        wanted = f'"{member}" with {len(names)} value(s), in a list of its own where there are several'
    if not fits:
        raise missing_field(kind, "example", f"The example must be {wanted}.")


def check_sample(kind: str, example: object, is_uploaded: Callable[[str], bool]) -> None:
    """Refuse the example of a header of format ``kind`` that is no file.

    Without any it is a missing member (2388043), with an empty handle the address that the platform makes of
    it is (quoted). An address is no sample (2388273, quoted), and what no upload ended with, such as the id
    of a media file, is no handle (2494102, reported).
    """
    if not isinstance(example, Mapping) or not example:
        raise missing_field("HEADER", "example", f"A header of format {kind} needs example.header_handle.")
    handles = example.get("header_handle")
    if handles is None and example.get("header_url"):
        raise _no_sample(kind, _ADDRESS)
    if handles in (None, "", [""]):
        raise missing_field("HEADER", "example.header_url", "The handle is empty.")
    listed = handles if isinstance(handles, list) else [handles]
    if not listed or not all(isinstance(handle, str) and handle for handle in listed):
        raise missing_field("HEADER", "example", "header_handle is a list of handles.")
    for handle in listed:
        if web_host(handle) is not None:
            raise _no_sample(kind, _ADDRESS)
        if not is_uploaded(handle):
            raise invalid_handle(handle)


def _no_sample(kind: str, hint: str) -> Exception:
    return refusal(
        2388273,
        "Missing sample parameter for title type",
        f"Templates with {kind} header type need an example/sample, but it was not provided.",
        hint=hint,
    )


def _member(kind: str, parameter_format: str) -> str:
    return _MEMBERS[parameter_format].format(kind.lower())


def _names_all(given: object, names: Sequence[str]) -> bool:
    entries = [entry for entry in given if isinstance(entry, Mapping)] if isinstance(given, list) else []
    described = [str(entry.get("param_name")) for entry in entries]
    return sorted(described) == sorted(names) and all(_is_value(entry.get("example")) for entry in entries)


def _counts(given: object, count: int, *, is_flat: bool) -> bool:
    """Whether an example of numbered variables has a value for each of them."""
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list) or not given:
        return False
    if all(isinstance(values, list) for values in given):
        return all(len(values) == count and all(map(_is_value, values)) for values in given)
    return len(given) == count and (count == 1 or is_flat) and all(map(_is_value, given))


def _is_value(value: object) -> bool:
    return (isinstance(value, str) and value != "") or (
        isinstance(value, int) and not isinstance(value, bool)
    )
