"""What can be chosen of the plugin: a row each, the same name as ini option, as flag and in the marker.

Nothing heavy is imported here; every pytest run that has the package installed reads this table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from emulator.testing.environment import as_variables

if TYPE_CHECKING:  # who opens a WhatsApp without pytest may not have it
    import pytest

START = "2026-11-02T09:00:00+00:00"
"""When a test begins unless an option says otherwise: a Monday morning."""

FREEZERS = {"freezegun": "freezegun", "time-machine": "time_machine"}
"""The libraries that freeze a process, with the module of each; the first that is installed goes first."""

REFUSE = "refuse"
"""What becomes of calls for Meta's real hosts that are not intercepted, unless an option says otherwise."""
SCENARIOS = (".whatsapp.yaml", ".whatsapp.yml")
"""How the name of a scenario file ends that pytest collects."""
_PREFIX = "whatsapp_"
_YES = ("true", "1", "yes", "on")
_NO = ("false", "0", "no", "off")


def as_given(given: Any) -> Any:
    """Take a value as it was given."""
    return given


def as_flag(given: Any) -> bool:
    """Read yes or no from ``true``, ``1``, ``yes``, ``on`` and their opposites, in any case, or from a bool.

    Raises :class:`ValueError` for anything else.
    """
    text = str(given).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueError(f"is true or false, not {given!r}")


def as_one_of(*words: str) -> Callable[[Any], str]:
    """Make a function that takes one of these words, and raises :class:`ValueError` for anything else."""

    def read(given: Any) -> str:
        if given not in words:
            raise ValueError(f"is {' or '.join(words)}, not {given!r}")
        return str(given)

    return read


def as_freezer(given: Any) -> str | bool:
    """Read which library freezes the process, ``freezegun`` or ``time-machine``; ``False`` for neither.

    ``true`` is the first of them that is installed. Raises :class:`ValueError` for one that is not, and for
    anything else.
    """
    text = str(given).lower()
    if text in _NO:
        return False
    if text not in (*_YES, *FREEZERS):
        raise ValueError(f"is true, false, {' or '.join(FREEZERS)}, not {given!r}")
    wanted = FREEZERS if text in _YES else {text: FREEZERS[text]}
    for library, module in wanted.items():
        if find_spec(module) is not None:
            return library
    raise ValueError(f"needs {' or '.join(wanted)}: `pip install {next(iter(wanted))}`")


STRICT = ("calls", "webhooks", "undelivered", "faults", "unawaited", "real_host")
"""What a strict test fails for.

Calls that are not emulated, webhooks that were not answered with 200, or that nobody delivered, faults that
were never met, what an async test had to await and did not, and calls of Meta's real hosts.
"""


Strict = bool | str | Sequence[str]
"""What a test fails for: everything, nothing, or some words of :data:`STRICT`."""


def as_strict(given: Strict) -> tuple[str, ...]:
    """Read what a test fails for: ``true`` (everything), ``false`` (nothing), or words of :data:`STRICT`.

    Words are a text with commas or blanks between them, or a sequence. Raises :class:`ValueError` for another
    word.
    """
    if isinstance(given, bool) or str(given).lower() in (*_YES, *_NO):
        return STRICT if as_flag(given) else ()
    words = given.replace(",", " ").split() if isinstance(given, str) else given
    if unknown := [word for word in words if word not in STRICT]:
        raise ValueError(f"is true, false, or some of {', '.join(STRICT)}, not {unknown[0]!r}")
    return tuple(word for word in STRICT if word in words)


def as_refusing(real_host: str) -> bool:
    """Say whether calls of Meta's real hosts are refused, by the word for it.

    Raises :class:`ValueError` for another word.
    """
    try:
        return bool(OPTIONS["whatsapp_real_host"].read(real_host) == REFUSE)
    except ValueError as wrong:
        raise ValueError(f"real_host {wrong}") from None


class Option(NamedTuple):
    """One thing that can be chosen: its ini name, what it does in a sentence, its default, how it is read.

    ``read`` raises :class:`ValueError` for a value that cannot be, with a sentence that goes on after the
    option's name.
    """

    name: str
    text: str
    usual: Any
    read: Callable[[Any], Any] = as_given
    is_path: bool = False
    """Whether the ini file names a file by its place beside the ini file."""

    @property
    def short(self) -> str:
        """Its name in the marker ``whatsapp``: ``seed`` for ``whatsapp_seed``."""
        return self.name.removeprefix(_PREFIX)

    @property
    def shown(self) -> str:
        """Its default as an ini file has it."""
        if self.usual in (None, {}):
            return "none"
        if self.usual == STRICT:
            return "true"
        return str(self.usual).lower() if isinstance(self.usual, bool) else str(self.usual)

    @property
    def flag(self) -> str:
        """Its name on the command line: ``--whatsapp-seed`` for ``whatsapp_seed``."""
        return f"--{self.name.replace('_', '-')}"


OPTIONS = {
    option.name: option
    for option in (
        Option(
            "whatsapp_seed",
            "the seed of every sandbox: a name (default, shop) or a path",
            "default",
            is_path=True,
        ),
        Option(
            "whatsapp_templates",
            "a JSON file of templates as Graph lists them, added to the seed",
            None,
            is_path=True,
        ),
        Option("whatsapp_start", "when every test begins, as ISO 8601", START),
        Option(
            "whatsapp_freeze",
            "whether the whole process is frozen where the test begins, and by which library "
            "(true, false, freezegun, time-machine)",
            None,
            as_freezer,
        ),
        Option(
            "whatsapp_strict",
            "what a test fails for although it asserts nothing of it: true (all of it), false, or some of "
            f"{', '.join(STRICT)}",
            STRICT,
            as_strict,
        ),
        Option(
            "whatsapp_intercept",
            "whether calls for Meta's own hosts, such as https://graph.facebook.com, are brought to the "
            "test's sandbox (true, false)",
            False,
            as_flag,
        ),
        Option(
            "whatsapp_real_host",
            "whether calls for Meta's own hosts may go out where they are not intercepted (refuse, allow)",
            REFUSE,
            as_one_of(REFUSE, "allow"),
        ),
        Option(
            "whatsapp_app",
            "where the webhooks of every test go: a URL, or the name of your app (main:app, main:make_app())",
            None,
        ),
        Option(
            "whatsapp_env",
            "which environment variables hold which credentials: "
            "WHATSAPP_TOKEN:token PHONE_ID:phone_number_id",
            {},
            as_variables,
        ),
        Option(
            "whatsapp_webhook_path",
            "where the app takes its webhooks: a path, or a whole URL for an app that asks for its host",
            "/webhook",
        ),
        Option(
            "whatsapp_scenarios",
            "whether files called *.whatsapp.yaml are tests (true, false)",
            True,
            as_flag,
        ),
    )
}


def add_options(parser: pytest.Parser) -> None:
    """Add every option to the ini file and to the command line, where it goes before the ini file."""
    group = parser.getgroup("whatsapp", "WhatsApp emulator")
    for option in OPTIONS.values():
        parser.addini(option.name, f"{option.text} (default: {option.shown})", default=None)
        group.addoption(option.flag, dest=option.name, default=None, help=option.text)


def marker_line() -> str:
    """Describe the marker ``whatsapp``, for ``pytest --markers``."""
    members = ", ".join(f"{option.short}=…" for option in OPTIONS.values())
    return f"whatsapp({members}): how the test's sandbox begins and what it fails for; see the options"


def option_of_test(request: pytest.FixtureRequest | pytest.Item, name: str) -> Any:
    """Read an option for one test: the marker's, else the flag's, else the ini file's, else the default.

    Fails the test for a marker with an unknown member, and for a value that cannot be.
    """
    option = OPTIONS[name]
    item: pytest.Item = request.node if hasattr(request, "node") else request
    marker = item.get_closest_marker("whatsapp")
    known = [each.short for each in OPTIONS.values()]
    if marker is not None and (unknown := [key for key in marker.kwargs if key not in known]):
        _fail(f"the marker whatsapp knows {', '.join(known)}, not {', '.join(unknown)}")
    if marker is not None and option.short in marker.kwargs:
        return _read(option, marker.kwargs[option.short])
    return option_of_session(request.config, name)


def option_of_session(config: pytest.Config, name: str) -> Any:
    """Read an option for the whole session: the flag's, else the ini file's, else the default.

    Fails for a value that cannot be.
    """
    option = OPTIONS[name]
    try:
        return _chosen(config, option, config.getoption(name))
    except ValueError as wrong:
        _fail(f"{option.name} {wrong}")


def option_at_start(config: pytest.Config, name: str) -> Any:
    """Read an option for the whole session before pytest has read its own, as :func:`option_of_session` does.

    Raises :class:`pytest.UsageError` for a value that cannot be.
    """
    option = OPTIONS[name]
    flag = getattr(config.known_args_namespace, name, None)
    try:
        return _chosen(config, option, flag)
    except ValueError as wrong:
        import pytest

        raise pytest.UsageError(f"{option.name} {wrong}") from None


def _chosen(config: pytest.Config, option: Option, flag: Any) -> Any:
    if flag not in (None, ""):
        return option.read(flag)
    if (written := config.getini(option.name)) not in (None, ""):
        beside = config.inipath.parent / written if option.is_path and config.inipath else None
        return option.read(beside if beside is not None and beside.is_file() else written)
    return option.usual


def _read(option: Option, given: Any) -> Any:
    try:
        return option.read(given)
    except ValueError as wrong:
        _fail(f"{option.name} {wrong}")


def _fail(sentence: str) -> NoReturn:
    """Fail the test with a sentence alone."""
    import pytest

    pytest.fail(sentence, pytrace=False)
