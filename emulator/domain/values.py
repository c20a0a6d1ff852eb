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
from functools import cache
from types import CodeType, FunctionType
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
        described = {
            "__doc__": made.__doc__ or made.__name__
        }  # or the library writes what it takes, at length
        twin = type(made)(made.__name__, made.__bases__, self._written | described)
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
    """Make the ``__init__`` of a frozen class with slots.

    It does what the standard library's does, which calls ``object.__setattr__`` for each field. Here fields
    are assigned, while the value is of a class with the same slots that refuses nothing; those of a subclass
    that is no dataclass are set in the library's way.
    """
    body: dict[str, Any] = {name: value for name, value in vars(made).items() if name in _ALIKE}
    body |= {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    given = [each for each in sorted(fields, key=lambda each: bool(each.kw_only)) if _is_set(each)]
    names = tuple(each.name for each in given)

    def put_each(self: object, values: Iterable[object]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    known: dict[str, Any] = {
        "_frozen": made,
        "_open": type(made)(made.__name__, made.__bases__, body),
        "_put": object.__setattr__,
        "_put_each": put_each,
        "_missing": MISSING,
    }
    for place, each in enumerate(given):
        known |= {f"_default_{place}": each.default, f"_make_{place}": each.default_factory}
    code = _code(tuple(map(_kind, given)), hasattr(made, "__post_init__"))
    named = {f"_{place}": name for place, name in enumerate(names)}
    renamed = code.replace(
        co_varnames=tuple(named.get(each, each) for each in code.co_varnames),
        co_names=tuple(named.get(each, each) for each in code.co_names),
    )
    optional = [each for each in given if each.init and _has_default(each)]
    defaults = {each.name: each.default if each.default_factory is MISSING else MISSING for each in optional}
    by_name = {each.name: defaults.pop(each.name) for each in optional if each.kw_only}
    function = FunctionType(renamed, known, "__init__", tuple(defaults.values()))
    function.__kwdefaults__ = by_name
    function.__qualname__, function.__module__ = f"{made.__qualname__}.__init__", made.__module__
    function.__annotations__ = {each.name: each.type for each in fields if each.init} | {"return": None}
    return function


def _has_default(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING


def _is_set(each: Field[Any]) -> bool:
    """Whether an ``__init__`` sets a field, and leaves it to nobody else."""
    return each.init or _has_default(each)


def _kind(each: Field[Any]) -> tuple[bool, bool, bool]:
    """What the code has to know of a field: is it a parameter, has it a factory, is it given by name?"""
    return each.init, each.default_factory is not MISSING, bool(each.kw_only)


@cache
def _code(kinds: Sequence[tuple[bool, bool, bool]], has_post_init: bool) -> CodeType:
    """Compile an ``__init__`` for all classes with fields of these kinds; ``_0`` stands for the first's name.

    Compiling is most of the cost of an ``__init__``, and classes are alike in kinds of fields.
    """
    parameters, made_now, values = ["self"], list[str](), list[str]()
    for place, (is_parameter, has_factory, is_by_name) in enumerate(kinds):
        if is_by_name and is_parameter and "*" not in parameters:
            parameters.append("*")
        if is_parameter:
            parameters.append(f"_{place}")
            made_now += [f" if _{place} is _missing: _{place} = _make_{place}()"] if has_factory else []
        fixed = f"_make_{place}()" if has_factory else f"_default_{place}"
        values.append(f"_{place}" if is_parameter else fixed)
    lines = [
        f"def __init__({', '.join(parameters)}):",
        *made_now,
        " if self.__class__ is _frozen:",
        "  _put(self, '__class__', _open)",
        *(f"  self._{place} = {value}" for place, value in enumerate(values)),
        "  self.__class__ = _frozen",
        " else:",
        f"  _put_each(self, ({''.join(f'{value}, ' for value in values)}))",
        *([" self.__post_init__()"] if has_post_init else []),
    ]
    written: dict[str, Any] = {}
    exec("\n".join(lines), written)  # noqa: S102  (as the standard library makes it)
    code: CodeType = written["__init__"].__code__
    return code


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
