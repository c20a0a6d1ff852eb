"""What the plugin adds to the report of a failing test, and how it is configured."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import PRODUCTION

pytest_plugins = ("pytester",)


# a failing test tells its story


def test_a_failing_test_shows_the_conversation_in_simulated_time(suite: pytest.Pytester) -> None:
    """Who wrote what, when, and what became of it, under the simulated instant of the failure."""
    suite.makepyfile(
        """
        from client_kit import send

        def test_it(whatsapp):
            whatsapp.person().says("Is my order on its way?")
            send(whatsapp, "It is!")
            whatsapp.clock.advance(hours=25)
            send(whatsapp, "Still there?")
            whatsapp.settle()
            assert whatsapp.messages.last.status == "read"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- WhatsApp at 2026-11-03 10:00:00 UTC -*",
            "── Monday 02 November 2026 ─*",
            "09:00:00  Sheena Nelson → business: Is my order on its way?",
            "09:00:00  business → Sheena Nelson: It is!   ✓✓ read",
            "── Tuesday 03 November 2026 ─*",
            "10:00:00  business → Sheena Nelson: Still there?   ✗ failed 131047 Re-engagement message",
        ]
    )


def test_a_failing_test_shows_what_was_refused_with_its_hint(suite: pytest.Pytester) -> None:
    """Calls that were refused at once, and messages that failed later."""
    suite.makepyfile(
        """
        from client_kit import send, template

        def test_it(whatsapp):
            assert send(whatsapp, template("no_such_template")).status_code == 404
            send(whatsapp, "Hello?")
            whatsapp.settle()
            assert False
        """
    )

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(
        [
            "*- WhatsApp refused -*",
            f"POST /v23.0/{PRODUCTION}/messages → 404 (#132001) Template name does not exist*",
            "    Only an approved template can be sent; no template of that name has that language.",
            "failed: 131047 Re-engagement message",
            "    They never wrote to this number, so no window was ever open.*",
        ]
    )


def test_a_failing_test_without_a_conversation_says_so(suite: pytest.Pytester) -> None:
    """Nothing was refused either, and no empty section stands there."""
    suite.makepyfile("def test_it(whatsapp): assert False")

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(["*- WhatsApp at 2026-11-02 09:00:00 UTC -*", "(nobody wrote)"])
    result.stdout.no_fnmatch_line("*WhatsApp refused*")


def test_a_passing_test_tells_nothing(suite: pytest.Pytester) -> None:
    """Not even when everything is printed."""
    suite.makepyfile("def test_it(whatsapp): whatsapp.person().says('Hello')")

    result = suite.runpytest_inprocess("-rA", "-v")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*WhatsApp at*")


def test_a_failing_test_without_the_fixture_tells_nothing(suite: pytest.Pytester) -> None:
    """The plugin has nothing to say about it."""
    suite.makepyfile("def test_it(): assert False")

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*WhatsApp*")


def test_the_report_of_a_failure_shows_the_line_of_the_test(suite: pytest.Pytester) -> None:
    """A misuse points at the test's own line, and at no inside of the plugin."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.templates.approve("order_shiped")
        """
    )

    result = suite.runpytest_inprocess()

    result.stdout.fnmatch_lines(["E *LookupError: there is no template order_shiped; there are: *"])
    result.stdout.no_fnmatch_line("*def _decide*")


def test_a_report_is_told_when_the_process_is_frozen_in_the_past(suite: pytest.Pytester) -> None:
    """A freeze that outlasts the test does not break the session with an internal error."""
    suite.makepyfile(
        """
        import pytest
        from freezegun import freeze_time

        @pytest.fixture
        def long_ago():
            with freeze_time("2012-01-14"):
                yield

        def test_it(whatsapp, request):
            whatsapp.person().says("Hello")
            whatsapp.settle()
            request.getfixturevalue("long_ago")
            assert False, "the app is wrong"
        """
    )

    result = suite.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*the app is wrong*"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


# how it is configured


USUAL = {
    "seed": "default",
    "start": "2026-11-02T09:00:00+00:00",
    "strict": "true",
    "intercept": "false",
    "real_host": "refuse",
    "webhook_path": "/webhook",
}


def test_the_help_lists_every_option(suite: pytest.Pytester) -> None:
    """As a flag and as an ini option, with what it is unless told otherwise."""
    result = suite.runpytest_inprocess("--help")

    told = " ".join(result.stdout.str().split())
    for name, usual in USUAL.items():
        assert f"--whatsapp-{name.replace('_', '-')}=" in told
        assert f"whatsapp_{name} (string): " in told
        assert f"(default: {usual})" in told


def test_the_marker_is_known(suite: pytest.Pytester) -> None:
    """``--strict-markers`` takes it, and ``--markers`` explains it."""
    suite.makepyfile("import pytest\n@pytest.mark.whatsapp(strict=True)\ndef test_it(whatsapp): pass")

    ran = suite.runpytest_inprocess("--strict-markers")
    told = suite.runpytest_inprocess("--markers")

    ran.assert_outcomes(passed=1)
    told.stdout.fnmatch_lines(["@pytest.mark.whatsapp(seed=…*strict=…*): *"])


def test_the_fixtures_are_explained(suite: pytest.Pytester) -> None:
    """``--fixtures`` shows each with its first line."""
    result = suite.runpytest_inprocess("--fixtures")

    result.stdout.fnmatch_lines_random(
        [
            "whatsapp_emulator *session scope* -- *",
            "whatsapp_seed -- *",
            "whatsapp_app -- *",
            "whatsapp -- *",
        ]
    )


@pytest.mark.parametrize(
    ("ini", "flags", "marker", "expected"),
    [
        ("whatsapp_start = 2030-01-01", [], "", "2030-01-01T00:00:00+00:00"),
        ("", ["--whatsapp-start=2030-01-02T03:04:05Z"], "", "2030-01-02T03:04:05+00:00"),
        ("whatsapp_start = 2030-01-01", ["--whatsapp-start=2030-01-02"], "", "2030-01-02T00:00:00+00:00"),
        (
            "whatsapp_start = 2030-01-01",
            ["--whatsapp-start=2030-01-02"],
            "@pytest.mark.whatsapp(start='2030-01-03')",
            "2030-01-03T00:00:00+00:00",
        ),
        ("", [], "", "2026-11-02T09:00:00+00:00"),
    ],
    ids=["ini", "flag", "flag over ini", "marker over all", "usual"],
)
def test_the_beginning_can_be_chosen(
    suite: pytest.Pytester, ini: str, flags: list[Any] | list[str], marker: str, expected: str
) -> None:
    """For a test, a run or a project."""
    suite.makeini(f"[pytest]\n{ini}\n")
    suite.makepyfile(
        f"""
        import pytest

        {marker}
        def test_it(whatsapp):
            assert whatsapp.clock.now().isoformat() == {expected!r}
        """
    )

    result = suite.runpytest_inprocess(*flags)

    result.assert_outcomes(passed=1)


SEED = """
app: {access_token: MY-TOKEN}
waba: {name: Corner Shop}
numbers: [{number: "+1 555 078 3881"}]
people: [{number: "+1 650 555 7777", name: Ada}]
"""


@pytest.mark.parametrize("way", ["ini", "flag", "marker", "fixture"])
def test_the_seed_can_be_chosen(suite: pytest.Pytester, way: str) -> None:
    """For a test, a run, a project, or by overriding the fixture."""
    path = suite.path / "shop.yaml"
    path.write_text(SEED)
    suite.makeini(f"[pytest]\nwhatsapp_seed = {path}\n" if way == "ini" else "[pytest]\n")
    marker = f"@pytest.mark.whatsapp(seed={str(path)!r})" if way == "marker" else ""
    fixture = f"@pytest.fixture\ndef whatsapp_seed(): return {str(path)!r}" if way == "fixture" else ""
    suite.makepyfile(
        f"import pytest\n{fixture}\n{marker}\ndef test_it(whatsapp):\n"
        "    assert (whatsapp.token, whatsapp.person().name) == ('MY-TOKEN', 'Ada')\n"
        "    assert whatsapp.test_phone_number_id is None\n"
    )

    result = suite.runpytest_inprocess(*([f"--whatsapp-seed={path}"] if way == "flag" else []))

    result.assert_outcomes(passed=1)


def test_a_wrong_seed_is_told_with_file_line_and_field(suite: pytest.Pytester) -> None:
    """At setup, as the error of the test that wanted it."""
    path = suite.path / "shop.yaml"
    path.write_text(SEED.replace("name: Corner Shop", "nmae: Corner Shop"))
    suite.makepyfile("def test_it(whatsapp): pass")

    result = suite.runpytest_inprocess(f"--whatsapp-seed={path}")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"E*SeedError: {path}:3: waba.nmae: there is no nmae; did you mean name?"])


def test_the_app_under_test_is_connected_by_a_fixture(suite: pytest.Pytester) -> None:
    """At the path that an option names."""
    suite.makepyfile(
        """
        import pytest

        seen = []

        @pytest.fixture
        def whatsapp_app():
            def app(environ, start_response):
                seen.append(environ["PATH_INFO"])
                start_response("200 OK", [])
                return [b""]
            return app

        def test_it(whatsapp):
            whatsapp.person().says("Hello")
            whatsapp.settle()
            assert seen == ["/hooks"]
        """
    )

    result = suite.runpytest_inprocess("--whatsapp-webhook-path=/hooks")

    result.assert_outcomes(passed=1)
