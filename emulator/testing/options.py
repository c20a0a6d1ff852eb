"""What can be chosen of the plugin: a row each, the same name as ini option, as flag and in the marker.

Nothing heavy is imported here; every pytest run that has the package installed reads this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from emulator.testing.choices import (
    REFUSE,
    START,
    STRICT,
    as_flag,
    as_freezer,
    as_given,
    as_real_host,
    as_strict,
)

if TYPE_CHECKING:  # who opens a WhatsApp without pytest may not have it
    import pytest

SCENARIOS = (".whatsapp.yaml", ".whatsapp.yml")
"""How the name of a scenario file ends that pytest collects."""
_PREFIX = "whatsapp_"


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


def _as_variables(given: Any) -> Mapping[str, str]:
    from emulator.testing.environment import as_variables  # few runs choose any

    return as_variables(given)


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
            as_real_host,
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
            _as_variables,
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
