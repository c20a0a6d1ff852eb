"""Dataclasses whose methods are made when they are first used, not when their module is imported.

:func:`dataclasses.dataclass` writes and compiles up to eight functions for each class: half a millisecond
that every process would pay for each of more than two hundred classes, most of which it does not use. The
classes here are those of the standard library, whose own decorator makes their methods, later. Only frozen
values with slots are set up by a function from here: every message and each of its events makes some, and the
library's is several times as slow.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # what it is for a type checker
else:

    def dataclass(
        given: type | None = None, /, *, frozen: bool = False, slots: bool = False, kw_only: bool = False
    ) -> Any:
        """Make a class a dataclass, with the options of :func:`dataclasses.dataclass` and their meaning.

        Its methods, ``__match_args__`` and ``__dataclass_fields__`` are made at the first look at them.
        Raises :class:`TypeError` for ``ClassVar``, ``InitVar`` and ``KW_ONLY`` among the fields.
        """
        if given is None:
            return lambda given: _Recipe(given, frozen, slots, kw_only).made
        return _Recipe(given, frozen, slots, kw_only).made


_TO_BE_MADE = ("__init__", "__match_args__", "__dataclass_fields__")
_TO_BE_COMPARED = ("__repr__", "__eq__", "__hash__")
_PARAMS = "__dataclass_params__"
"""How the class was made, which the standard library asks of the bases of a dataclass."""
_NOT_COPIED = ("__dict__", "__weakref__")
_ALIKE = ("__slots__", "__orig_bases__")
"""What two classes have in common of which a value can be the one and then the other."""
_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")


class _Recipe:
    """How one dataclass is made: :attr:`made` at once, its methods when they are asked for.

    Those by which values are made come apart from those by which they are compared and shown, which many
    classes never need.
    """

    def __init__(self, given: type, frozen: bool, slots: bool, kw_only: bool) -> None:
        self._written = {name: value for name, value in vars(given).items() if name not in _NOT_COPIED}
        self._frozen, self._has_slots, self._kw_only = frozen, slots, kw_only
        self._names = _field_names(given)
        self.made = self._with_slots(given) if slots else self._with_defaults(given)
        for name in (*_TO_BE_MADE, *_TO_BE_COMPARED, _PARAMS):
            if name == "__hash__" and not frozen:
                if name not in self._written:
                    _put(self.made, name, None)
            elif self._written.get(name) is None:
                _put(self.made, name, _Later(name, self))
        if frozen:
            _freeze(self.made)
            if slots and "__getstate__" not in self._written:
                _put(self.made, "__getstate__", _state)
                _put(self.made, "__setstate__", _set_state)

    def _with_slots(self, given: type) -> type:
        inherited = {name for base in given.__mro__[1:-1] for name in _slots_of(base)}
        members = {name: value for name, value in self._written.items() if name not in self._names}
        members["__slots__"] = tuple(name for name in self._names if name not in inherited)
        made = type(given)(given.__name__, given.__bases__, members)
        made.__qualname__ = given.__qualname__
        return made

    def _with_defaults(self, given: type) -> type:
        for name in self._names:
            default = self._written.get(name)
            if isinstance(default, Field):
                if default.default is MISSING:
                    delattr(given, name)
                else:
                    setattr(given, name, default.default)
        return given

    def member(self, wanted: str) -> Any:
        """Make what is wanted, and what belongs to it, and put it in the place of what stood for it.

        The standard library makes it of a class with the same body. Two threads that ask at the same time
        get the same.
        """
        made = self.made
        group = next(each for each in (_TO_BE_MADE, _TO_BE_COMPARED, (_PARAMS,)) if wanted in each)
        twin = type(made)(made.__name__, made.__bases__, dict(self._written))
        twin.__qualname__ = made.__qualname__
        is_set_up_here = self._frozen and self._has_slots and "__init__" not in self._written
        members = dict(vars(self._complete(twin, group, is_set_up_here)))
        if is_set_up_here and group is _TO_BE_MADE:
            members["__init__"] = _set_up(made, members["__dataclass_fields__"].values())
        for name in group:
            if isinstance(vars(made).get(name), _Later):
                _put(made, name, members[name])
        return members[wanted]

    def _complete(self, twin: type, group: Sequence[str], is_set_up_here: bool) -> type:
        """Have the standard library make what belongs to a group, and as little more as it can.

        A frozen class gets two functions that refuse changes, which are of no use here: one that is asked for
        its fields alone is not frozen, unless a dataclass is among its bases, which has to be like it.
        """
        is_compared, is_made = group is _TO_BE_COMPARED, group is _TO_BE_MADE
        is_alone = not any(_PARAMS in vars(base) for base in twin.__mro__[1:])
        return dataclasses.dataclass(
            init=is_made and not is_set_up_here,
            repr=is_compared,
            eq=is_compared,
            frozen=self._frozen and not (is_made and is_set_up_here and is_alone),
            kw_only=self._kw_only,
        )(twin)


class _Later:
    """Stands for a member of a dataclass until somebody looks at one of them."""

    __slots__ = ("_name", "_recipe")

    def __init__(self, name: str, recipe: _Recipe) -> None:
        self._name, self._recipe = name, recipe

    def __get__(self, instance: object | None, owner: type | None = None) -> Any:
        found = self._recipe.member(self._name)
        return found if instance is None or not callable(found) else found.__get__(instance, owner)


def _set_up(made: type, fields: Iterable[Field[Any]]) -> Any:
    """Write the ``__init__`` of a frozen class with slots.

    It does what the standard library's does, which calls ``object.__setattr__`` for each field. Here fields
    are assigned, while the value is of a class with the same slots that refuses nothing; those of a subclass
    that is no dataclass are set in the library's way.
    """
    body: dict[str, Any] = {name: value for name, value in vars(made).items() if name in _ALIKE}
    body |= {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    known: dict[str, Any] = {
        "_frozen": made,
        "_open": type(made)(made.__name__, made.__bases__, body),
        "_put": object.__setattr__,
        "_missing": MISSING,
    }
    parameters, values = ["self"], dict[str, str]()
    for each in sorted(fields, key=lambda each: bool(each.kw_only)):
        name, has_default = each.name, each.default is not MISSING
        if each.kw_only and "*" not in parameters:
            parameters.append("*")
        known |= {f"_default_{name}": each.default, f"_make_{name}": each.default_factory}
        if each.default_factory is not MISSING:
            default, value = "_missing", f"_make_{name}() if {name} is _missing else {name}"
        else:
            default, value = f"_default_{name}" if has_default else "", name
        if each.init:
            parameters.append(f"{name}={default}" if default else name)
            values[name] = value
        elif default:
            values[name] = f"_make_{name}()" if default == "_missing" else default
    lines = [
        f"def __init__({', '.join(parameters)}):",
        " if self.__class__ is _frozen:",
        "  _put(self, '__class__', _open)",
        *(f"  self.{name} = {value}" for name, value in values.items()),
        "  self.__class__ = _frozen",
        " else:",
        *(f"  _put(self, {name!r}, {value})" for name, value in values.items()),
        "  pass",
        *([" self.__post_init__()"] if hasattr(made, "__post_init__") else []),
    ]
    exec("\n".join(lines), known)  # noqa: S102  (as the standard library makes it)
    function = known["__init__"]
    function.__qualname__, function.__module__ = f"{made.__qualname__}.__init__", made.__module__
    function.__annotations__ = {each.name: each.type for each in fields if each.init} | {"return": None}
    return function


def _field_names(given: type) -> list[str]:
    names = []
    for name, annotation in given.__annotations__.items():
        if any(word in str(annotation) for word in _NO_FIELDS):
            raise TypeError(f"{given.__qualname__}.{name}: {annotation} is not for these dataclasses")
        names.append(name)
    return names


def _slots_of(base: type) -> tuple[str, ...]:
    slots = vars(base).get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _freeze(made: Any) -> None:
    """Refuse changes of a field, and of any attribute but those that a subclass has of its own."""

    def set_attribute(self: object, name: str, value: object) -> None:
        if type(self) is made or name in made.__dataclass_fields__:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def delete_attribute(self: object, name: str) -> None:
        if type(self) is made or name in made.__dataclass_fields__:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    _put(made, "__setattr__", set_attribute)
    _put(made, "__delattr__", delete_attribute)


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _put(made: type, name: str, value: object) -> None:
    setattr(made, name, value)
