"""Check what a user asks for, and make a fault of it: everything that could never be met is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.catalogue import CATALOGUE
from emulator.domain.faults.conditions import ANYWHERE, CONDITIONS, conditions_at
from emulator.domain.faults.fault import Fault
from emulator.domain.faults.kinds import KINDS, THROTTLE, THROTTLES, FaultKind
from emulator.domain.faults.occasions import When
from emulator.domain.faults.parameters import PARAMETERS
from emulator.domain.instants import parse_instant
from emulator.domain.quoting import did_you_mean

HOW_OFTEN = ("times", "every", "probability")
"""What says how often a fault strikes, of the occasions that fit."""
NAMES = ("kind", "when", *PARAMETERS, *CONDITIONS, *HOW_OFTEN)
"""Everything that a fault can be told."""
_OF_A_CALL = {"effect": (When.SYNC,), "delay": (When.SYNC, When.DOWNLOAD)}
"""Parameters that make sense in some places alone."""
_SO = {"none": "refused before it is carried out (effect=none)", "done": "carried out (effect=done)"}


def new_fault(
    code: int | None = None,
    *,
    kind: str | None = None,
    when: str | None = None,
    times: int | None = 1,
    every: int | None = None,
    probability: float | None = None,
    **facts: Any,
) -> Fault:
    """Check what a user asks for and make a :class:`Fault` of it; facts that are ``None`` are not given.

    ``kind`` is a row of :data:`~emulator.domain.faults.kinds.KINDS`; without one it is the kind whose
    parameter is given, as a ``code`` is an ``error``. ``when`` says where it strikes, by default as the
    platform does. ``facts`` are parameters and conditions by name. ``times`` is a number from 1 or ``None``
    for ever, ``every`` the distance of the occasions it strikes, ``probability`` above 0 and at most 1.
    Raises :class:`ValueError` for what there is not and for what could never be met, and
    :class:`MessageError` for a ``to`` that is no phone number.
    """
    given = {name: value for name, value in {"code": code, **facts}.items() if value is not None}
    for name in given:
        if name not in PARAMETERS and name not in CONDITIONS:
            raise ValueError(f"a fault has no {name}{did_you_mean(name, NAMES)}; it has {', '.join(NAMES)}")
    row = _kind(kind, given)
    parameters = _parameters(row, given)
    place = _place(row, parameters, when)
    for name, places in _OF_A_CALL.items():
        if name in parameters and place not in places:
            raise ValueError(
                f"{name} is of a fault that strikes {' or '.join(places)}; this {row.name} strikes {place}"
            )
    return Fault(
        row.name,
        place,
        parameters,
        _conditions(row, place, parameters, given),
        _times(times),
        _every(every),
        _probability(probability),
    )


def checked(fault: Fault) -> Fault:
    """Return a fault that was kept, if it is one that could be asked for; else raise :class:`ValueError`."""
    everywhere = {"edge": ANYWHERE} if fault.when is When.SYNC else {}
    made = new_fault(
        kind=fault.kind,
        when=fault.when,
        times=fault.times,
        every=fault.every,
        probability=fault.probability,
        **{**fault.parameters, **everywhere, **fault.conditions},
    )
    if (made.parameters, made.conditions) != (fault.parameters, fault.conditions):
        raise ValueError("is written in another way than a fault is kept")
    return fault


def _kind(kind: str | None, given: Mapping[str, Any]) -> FaultKind:
    if kind is None:
        for row in KINDS.values():
            if row.mark in given:
                return row
        raise ValueError(f"say what goes wrong: a code of the catalogue, or a kind: {', '.join(KINDS)}")
    if kind not in KINDS:
        raise ValueError(
            f"there is no kind of fault {kind!r}{did_you_mean(kind, KINDS)}; there are {', '.join(KINDS)}"
        )
    return KINDS[kind]


def _parameters(row: FaultKind, given: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in PARAMETERS:
            continue
        if name not in row.parameters:
            takes = f"it takes {', '.join(row.parameters)}" if row.parameters else "it takes nothing"
            whose = [each.name for each in KINDS.values() if name in each.parameters]
            raise ValueError(f"{row.name} has no {name}: {takes}; {name} belongs to {', '.join(whose)}")
        read[name] = PARAMETERS[name].read(name, value)
    if row.mark is not None and row.mark not in read:
        if row.usual is None:
            raise ValueError(f"{row.name} needs {row.mark}: {PARAMETERS[row.mark].text}")
        read[row.mark] = row.usual
    if row.name == "throttle":
        read.setdefault("code", THROTTLE)
        if read["code"] not in THROTTLES:
            known = ", ".join(map(str, THROTTLES))
            raise ValueError(f"{read['code']} is no rate limit; a throttle is one of {known}")
    if "effect" in read and read["effect"] not in row.effects:
        raise ValueError(
            f"a call that meets {row.name} is always {_SO[row.effects[0]]}, not effect={read['effect']}"
        )
    return read


def _place(row: FaultKind, parameters: Mapping[str, Any], when: str | None) -> When:
    if when is not None and when not in list(When):
        raise ValueError(f"when is one of {', '.join(row.places)}, not {when!r}{did_you_mean(when, When)}")
    if when is not None and when not in row.places:
        raise ValueError(f"{row.name} never strikes {when}; it can {' or '.join(row.places)}")
    if "code" not in parameters:
        return When(when or row.places[0])
    entry = CATALOGUE.get(parameters["code"])
    if entry is None:
        raise ValueError(
            f"there is no error {parameters['code']} in the catalogue; docs/reference/errors.md lists them"
        )
    if row.name == "throttle":
        return When.SYNC
    if when is not None and when not in entry.channels:
        raise ValueError(f"{entry.number} is never reported {when}; it can be {' or '.join(entry.channels)}")
    return When(when or entry.channels[0])


def _conditions(
    row: FaultKind, place: When, parameters: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in CONDITIONS:
            continue
        condition = CONDITIONS[name]
        if place not in condition.seen:
            raise ValueError(
                f"{name} is not known where this {row.name} strikes ({place}); there are "
                f"{', '.join(conditions_at(place))}, and {name} is known of {', '.join(condition.seen)}"
            )
        read[name] = condition.read(value)
    if "since" in read and "until" in read and parse_instant(read["since"]) >= parse_instant(read["until"]):
        raise ValueError(f"until is later than since; got since {read['since']} until {read['until']}")
    if place is When.SYNC:
        _default_edge(parameters.get("code"), read)
    return read


def _default_edge(code: int | None, read: dict[str, Any]) -> None:
    """Put in the edge that returns the error on the platform; the word ``any`` takes it out."""
    if read.get("edge") == ANYWHERE:
        del read["edge"]
    elif "edge" not in read and code is not None:
        entry = CATALOGUE[code]
        if entry.edge is not None:
            read["edge"] = entry.edge
        if entry.method is not None:
            read.setdefault("method", entry.method)


def _times(times: int | None) -> int | None:
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or not 0 < times < 10**9):
        raise ValueError(f"times is a whole number from 1, or null for ever; got {times!r}")
    return times


def _every(every: int | None) -> int:
    if every is None:
        return 1
    if isinstance(every, bool) or not isinstance(every, int) or not 0 < every < 10**9:
        raise ValueError(
            f"every is a whole number from 1: of so many occasions it strikes one; got {every!r}"
        )
    return every


def _probability(probability: float | None) -> float:
    if probability is None:
        return 1.0
    if isinstance(probability, bool) or not isinstance(probability, int | float) or not 0 < probability <= 1:
        raise ValueError(f"probability is above 0 and at most 1; got {probability!r}")
    return float(probability)
