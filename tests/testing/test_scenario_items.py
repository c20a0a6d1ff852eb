"""Scenario files as tests of pytest."""

from __future__ import annotations

import pytest

pytest_plugins = ("pytester",)

GREETING = """
scenario: A greeting
steps:
  - Sheena Nelson says: Hello
  - expect sent: {to: Sheena Nelson, text: Hello back}
  - expect no more
"""
APP = """
    import json
    import pytest
    from client_kit import send

    @pytest.fixture
    def whatsapp_app(request):
        def answer(webhook):
            for message in webhook.json["entry"][0]["changes"][0]["value"].get("messages", ()):
                send(request.getfixturevalue("whatsapp"), "Hello back")
        return answer
"""


def write(suite: pytest.Pytester, text: str, name: str = "greeting.whatsapp.yaml") -> None:
    (suite.path / name).write_text(text)


def test_a_scenario_file_is_a_test(suite: pytest.Pytester) -> None:
    """Fixtures of its folder hold for it, as for every test beside it."""
    suite.makeconftest(APP)
    write(suite, GREETING)
    suite.makepyfile("def test_beside(whatsapp): assert len(whatsapp.messages) == 0")

    result = suite.runpytest_subprocess("-v", "-W", "error")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["greeting.whatsapp.yaml::A greeting PASSED*"])


def test_a_step_that_fails_is_told_with_its_line(suite: pytest.Pytester) -> None:
    """Without the code that played it; the conversation stands there once."""
    write(suite, GREETING)

    result = suite.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*greeting.whatsapp.yaml:5: step 2 of 3, expect sent: {to: Sheena Nelson, text: Hello back}",
            "expected a message that was sent with to=Sheena Nelson, text='Hello back'; there are none",
            "09:00:00  Sheena Nelson → business: Hello",
        ]
    )
    assert result.stdout.str().count("09:00:00  Sheena Nelson → business: Hello") == 1
    assert "scenarios/player.py" not in result.stdout.str()


def test_what_a_file_says_goes_before_the_options(suite: pytest.Pytester) -> None:
    """Its seed, when it begins, and its app; the options hold for the rest."""
    suite.makeini("[pytest]\nwhatsapp_start = 2027-01-01T00:00:00Z\nwhatsapp_app = nowhere:app\n")
    suite.makepyfile(main="from flask import Flask\napp = Flask('main')\napp.post('/webhook')(lambda: 'ok')")
    write(
        suite,
        """
        seed: shop
        start: 2026-12-24T18:00:00Z
        app: main:app
        steps:
          - Ana Souza says: Oi
          - expect received: {from: Ana Souza}
          - at: 2026-12-24T18:00:30Z
            expect window open: Ana Souza
        """,
    )

    result = suite.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)


def test_a_strict_scenario_fails_as_a_test_does(suite: pytest.Pytester) -> None:
    """For webhooks that the app did not take."""
    suite.makeconftest(
        "import pytest\n@pytest.fixture\ndef whatsapp_app():\n    return lambda webhook: 500\n"
    )
    write(suite, "steps: [Sheena Nelson says: Hello]")

    result = suite.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*500*"])


def test_a_wrong_file_is_an_error_of_the_collection(suite: pytest.Pytester) -> None:
    """With its line, and what was meant."""
    write(suite, "steps:\n  - Ana sayz: Hello\n")

    result = suite.runpytest_subprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*greeting.whatsapp.yaml:2: steps*there is no step 'Ana sayz'; did you mean says?"]
    )


def test_a_person_that_cannot_be_fails_the_test(suite: pytest.Pytester) -> None:
    """Before its first step."""
    write(suite, "people: {Ana: {number: home}}\nsteps: [Ana says: Hello]")

    result = suite.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*greeting.whatsapp.yaml: it cannot begin: *"])


def test_scenario_files_may_be_left_alone(suite: pytest.Pytester) -> None:
    """By an option; other YAML files always are."""
    write(suite, GREETING)
    write(suite, "a: 1", "other.yaml")
    suite.makepyfile("def test_beside(): pass")

    result = suite.runpytest_subprocess("--whatsapp-scenarios", "false")

    result.assert_outcomes(passed=1)


def test_scenarios_run_side_by_side(suite: pytest.Pytester) -> None:
    """Each in a sandbox of its own."""
    suite.makeconftest(APP)
    for number in range(4):
        write(suite, GREETING, f"greeting_{number}.whatsapp.yml")

    result = suite.runpytest_subprocess("-n", "2")

    result.assert_outcomes(passed=4)


def test_without_scenario_files_nothing_of_them_is_imported(suite: pytest.Pytester) -> None:
    """An unused plugin costs nothing."""
    suite.makepyfile(
        """
        import sys

        def test_it():
            assert not [name for name in sys.modules if "scenarios" in name and name.startswith("emulator")]
        """
    )

    suite.runpytest_subprocess().assert_outcomes(passed=1)
