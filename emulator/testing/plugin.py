"""The pytest plugin: ``whatsapp`` gives a test its own WhatsApp.

Nothing heavy is imported here: a session that does not use the fixture pays nothing for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from emulator.testing.choices import REFUSE
from emulator.testing.options import (
    SCENARIOS,
    add_options,
    marker_line,
    option_at_start,
    option_of_session,
    option_of_test,
)

if TYPE_CHECKING:
    from pathlib import Path

    from emulator.testing.interception.network import Network
    from emulator.testing.reports.story import Story
    from emulator.testing.session import SessionEmulator
    from emulator.testing.whatsapp import WhatsApp

_STORIES: pytest.StashKey[list[Story]] = pytest.StashKey()
"""The stories of a test, one of each of its WhatsApps."""
_SESSION: pytest.StashKey[SessionEmulator] = pytest.StashKey()
_NETWORK: pytest.StashKey[Network] = pytest.StashKey()
_FROZEN: pytest.StashKey[AbstractContextManager[Any]] = pytest.StashKey()
"""The freeze of a test's process."""
_TOLD: pytest.StashKey[bool] = pytest.StashKey()
"""Whether a test of this session was told that its app and its sandbox differ."""
_OPENED = ("seed", "templates", "start")
"""What :func:`~emulator.testing.embedded.opened` takes and options choose."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's ini options, and a command line flag of the same name for each, which goes first."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``whatsapp``, whose members are the options; let pytest measure by the real clock.

    Without the latter a test that has frozen the process would be reported as lasting years.
    """
    from emulator.testing.clocks.real_durations import measure_real_durations

    config.add_cleanup(measure_real_durations())
    config.addinivalue_line("markers", marker_line())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Set the variables of ``whatsapp_env`` before any conftest, pytest-django or a test imports the app.

    At the end of the session they are what they were.
    """
    if variables := option_at_start(early_config, "whatsapp_env"):
        from emulator.testing.environment import of_session, variables_set

        try:
            seed = option_at_start(early_config, "whatsapp_seed")
            values = of_session(variables, seed, lambda: _session(early_config))
        except ValueError as wrong:
            raise pytest.UsageError(f"whatsapp_env {wrong}") from None
        held = ExitStack()
        held.enter_context(variables_set(values))
        early_config.add_cleanup(held.close)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse Meta's real hosts in a test that uses the plugin, from before its first fixture on.

    Freeze the process where its sandbox begins, if the test is to be frozen.
    """
    if "whatsapp_emulator" in getattr(item, "fixturenames", ()):
        _guard(item)
        _freeze(item)
    elif (network := item.config.stash.get(_NETWORK, None)) is not None:
        network.gate.open()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a scenario file, ``*.whatsapp.yaml``, as a test; any other file costs a look at its name."""
    if not file_path.name.endswith(SCENARIOS) or not option_of_session(parent.config, "whatsapp_scenarios"):
        return None
    from emulator.testing.scenarios import ScenarioFile

    return ScenarioFile.from_parent(parent, path=file_path)


def _network(config: pytest.Config) -> Network:
    """The network of this process; patched when a test first uses the fixture, until the session ends."""
    if _NETWORK not in config.stash:
        from emulator.testing.interception.network import Network

        config.stash[_NETWORK] = network = Network()
        config.add_cleanup(network.close)
    return config.stash[_NETWORK]


def _session(config: pytest.Config) -> SessionEmulator:
    """The emulator of the session; made once, and closed when the session ends, if not before."""
    if _SESSION not in config.stash:
        from emulator.testing.session import SessionEmulator

        config.stash[_SESSION] = session = SessionEmulator(_network(config))
        config.add_cleanup(session.close)
    return config.stash[_SESSION]


def _guard(item: pytest.Item) -> None:
    refuses = option_of_test(item, "whatsapp_real_host") == REFUSE
    _network(item.config).guard(item.nodeid, refuses=refuses)


def _freeze(item: pytest.Item) -> None:
    if library := option_of_test(item, "whatsapp_freeze"):
        from emulator.testing.clocks.freezing import frozen

        freeze = frozen(library, option_of_test(item, "whatsapp_start"))
        freeze.__enter__()
        item.stash[_FROZEN] = freeze


@pytest.fixture(scope="session")
def whatsapp_emulator(pytestconfig: pytest.Config) -> Iterator[SessionEmulator]:
    """The emulator of the session, in which every test has a sandbox of its own.

    Made when a test first needs it.
    """
    session = _session(pytestconfig)
    yield session
    session.close()


@pytest.fixture
def whatsapp_seed(request: pytest.FixtureRequest) -> Any:
    """The seed of the test's sandbox, a name or a path: from the marker, the flag or the ini option.

    Override this fixture to choose another for a module or a folder.
    """
    return option_of_test(request, "whatsapp_seed")


@pytest.fixture
def whatsapp_app(request: pytest.FixtureRequest) -> Any:
    """Where the webhooks of the test's sandbox go: the option ``whatsapp_app``, by default nowhere.

    Override this fixture with your app (WSGI, ASGI, Django, aiohttp), its name (``"main:app"``), a URL or a
    function.
    """
    return option_of_test(request, "whatsapp_app")


@pytest.fixture
def whatsapp(
    request: pytest.FixtureRequest,
    whatsapp_emulator: SessionEmulator,
    whatsapp_seed: Any,
    whatsapp_app: Any,
) -> Iterator[WhatsApp]:
    """A WhatsApp of its own for one test: a sandbox whose clock stands still and whose people answer at once.

    It begins as the marker, the flags and the ini options say, and is gone after the test. A strict test
    fails at its end for calls that are not emulated, for webhooks that were answered with anything but 200 or
    that nobody delivered, and for faults that were never met.
    """
    yield from _of_test(request, whatsapp_emulator, seed=whatsapp_seed, app=whatsapp_app)


@pytest.fixture
def whatsapp_make(
    request: pytest.FixtureRequest, whatsapp_emulator: SessionEmulator
) -> Iterator[Callable[..., WhatsApp]]:
    """Make further WhatsApps in one test: ``whatsapp_make("shop", seed="shop", app=other_app)``.

    The first argument is a name of one's own, by small letters and digits; it gives the sandbox ids and a
    token of its own. ``seed``, ``app``, ``templates``, ``start``, ``webhook_path`` and ``strict`` are by
    default those of the options. All are gone after the test, and judged as ``whatsapp`` is.
    """
    with ExitStack() as held:

        def make(name: str, **chosen: Any) -> WhatsApp:
            return held.enter_context(contextmanager(_of_test)(request, whatsapp_emulator, name, **chosen))

        yield make


def _of_test(
    request: pytest.FixtureRequest,
    session: SessionEmulator,
    name: str = "default",
    *,
    app: Any = None,
    strict: Any = None,
    **chosen: Any,
) -> Iterator[WhatsApp]:
    """Open a WhatsApp for a test as the options say, but for what is ``chosen``; judge it at the end."""
    from emulator.testing.choices import as_strict
    from emulator.testing.embedded import opened
    from emulator.testing.receiving.fixture import connect_app
    from emulator.testing.reports.story import Story

    complaint = None
    network = session.network
    if network.gate.test == request.node.nodeid:
        network.renew()
    else:  # the fixture was asked for in the middle of the test
        _guard(request.node)
    kinds = option_of_test(request, "whatsapp_strict") if strict is None else as_strict(strict)
    hook = chosen.pop("webhook_path", None) or option_of_test(request, "whatsapp_webhook_path")
    wanted = {short: option_of_test(request, f"whatsapp_{short}") for short in _OPENED if short not in chosen}
    stories = request.node.stash.setdefault(_STORIES, [])
    with (
        ExitStack() as held,
        opened(session, name=name, salt=request.node.nodeid, **wanted, **chosen) as made,
    ):
        story = Story(made, kinds, lambda: network.gate.complaints)
        stories.append(story)
        held.callback(stories.remove, story)
        held.enter_context(_environment(request, made) if name == "default" else nullcontext())
        with made.intercept() if option_of_test(request, "whatsapp_intercept") else nullcontext():
            if app is not None:
                connect_app(made, app, hook, request)
            yield made
            made.close()
        complaint = story.verdict()
        apart = _difference(request, made)
    if complaint is not None:
        pytest.fail(complaint, pytrace=False)
    if apart is not None:
        path, line, _ = request.node.location
        warnings.warn_explicit(apart, type(apart), path, (line or 0) + 1)


def _environment(request: pytest.FixtureRequest, made: WhatsApp) -> AbstractContextManager[None]:
    """The variables of ``whatsapp_env`` with what they hold in this test, whose seed may be another."""
    from emulator.testing.environment import of_test, variables_set

    try:
        return variables_set(of_test(option_of_test(request, "whatsapp_env"), made))
    except ValueError as wrong:
        return pytest.fail(f"whatsapp_env {wrong}", pytrace=False)


def _difference(request: pytest.FixtureRequest, made: WhatsApp) -> Warning | None:
    """What is told once a session of an app and a sandbox that differ, unless somebody chose that."""
    stash = request.config.stash
    if _TOLD in stash or option_of_test(request, "whatsapp_freeze") is not None:
        return None
    from emulator.testing.clocks.difference import difference

    apart = difference(made.sandbox, made.began, request.config.rootpath)
    if apart is not None:
        stash[_TOLD] = True
    return apart


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Release the process when everything is torn down."""
    try:
        return (yield)
    finally:
        if (freeze := item.stash.get(_FROZEN, None)) is not None:
            del item.stash[_FROZEN]
            freeze.__exit__(None, None, None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a strict test at its end for what is wrong, as a failure of the test and not of its teardown."""
    result = yield
    for story in item.stash.get(_STORIES, ()):
        if (complaint := story.verdict()) is not None:
            pytest.fail(complaint, pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what happened to the report of a test that failed, and leave out frames of the emulator.

    What happened is the conversation, refusals, complaints, and what is still due.
    """
    stories = item.stash.get(_STORIES, ())
    if stories and call.excinfo is not None:
        from emulator.testing.reports.frames import hide_own_frames

        hide_own_frames(item, call.excinfo.value)
    report = yield
    for story in stories:
        if report.when == "call" and report.failed:
            report.sections += story.sections(call.excinfo and call.excinfo.value, named=len(stories) > 1)
        if report.when == "call" or report.failed:
            story.close()
    return report
