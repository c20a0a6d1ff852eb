"""What fails a test although it asserts nothing about it."""

from __future__ import annotations

from typing import Any

import pytest

pytest_plugins = ("pytester",)


def test_a_call_that_is_not_emulated_fails_the_test(suite: pytest.Pytester) -> None:
    """As a failure of the test, once, naming the call and the switches that loosen it."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_it(whatsapp):
            for _ in range(3):
                call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "not emulated: POST WhatsAppBusinessPhoneNumber/not_there (POST /v23.0/*/not_there)",
            "(@pytest.mark.whatsapp(strict='webhooks, undelivered, faults, unawaited, real_host') or "
            "`whatsapp_strict = webhooks, undelivered, faults, unawaited, real_host` lets it pass)",
        ]
    )
    result.stdout.no_fnmatch_line("*WhatsApp complains*")
    assert result.stdout.str().count("\nnot emulated: POST") == 1


@pytest.mark.parametrize(
    ("ini", "flags", "marker"),
    [
        ("", [], "@pytest.mark.whatsapp(strict=False)"),
        ("whatsapp_strict = false", [], ""),
        ("", ["--whatsapp-strict=false"], ""),
        ("whatsapp_strict = true", ["--whatsapp-strict=no"], ""),
        ("whatsapp_strict = true", ["--whatsapp-strict=true"], "@pytest.mark.whatsapp(strict=False)"),
    ],
    ids=["marker", "ini", "flag", "flag over ini", "marker over all"],
)
def test_strictness_can_be_loosened(
    suite: pytest.Pytester, ini: str, flags: list[Any] | list[str], marker: str
) -> None:
    """For a test, a project or a run; the nearest to the test counts."""
    suite.makeini(f"[pytest]\n{ini}\n")
    suite.makepyfile(
        f"""
        import pytest
        from client_kit import call

        {marker}
        def test_it(whatsapp):
            call(whatsapp, "POST", f"{{whatsapp.phone_number_id}}/not_there", {{}})
        """
    )

    result = suite.runpytest_inprocess(*flags)

    result.assert_outcomes(passed=1)


def test_a_webhook_the_app_answered_with_500_fails_the_test(suite: pytest.Pytester) -> None:
    """Over HTTP: the app's error would otherwise be seen by nobody."""
    suite.makepyfile(
        """
        from emulator import Server

        def app(environ, start_response):
            start_response("500 Internal Server Error", [])
            return [b""]

        def test_it(whatsapp):
            with Server(app) as server:
                whatsapp.deliver_to(f"{server.url}/webhook")
                whatsapp.person().says("Hello")
                whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["a webhook was not taken: messages to http://127.0.0.1:*/webhook: answered 500*"]
    )


@pytest.mark.parametrize(
    "receiver",
    [
        "def receiver(webhook): raise KeyError('order')",
        "def receiver(environ, start): raise KeyError('order')",
    ],
    ids=["function", "WSGI app"],
)
def test_a_webhook_the_app_raised_at_fails_the_test(suite: pytest.Pytester, receiver: str) -> None:
    """With the exception's type and words, and the app's line."""
    suite.makepyfile(
        f"""
        {receiver}

        def test_it(whatsapp):
            whatsapp.deliver_to(receiver)
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    where = "test_a_webhook_the_app_raised_at_fails_the_test.py:1 in receiver"
    result.stdout.fnmatch_lines([f"a webhook was not taken: *raised KeyError: 'order' at {where}"])


def test_what_flask_caught_is_told_with_the_line_of_the_view(suite: pytest.Pytester) -> None:
    """Flask answers 500 for an exception of a view, and only its log would say which it was."""
    suite.makepyfile(
        bot="""
        from flask import Flask

        app = Flask("bot")

        @app.post("/webhook")
        def webhook():
            return reply({})

        def reply(order):
            return order["item"]
        """,
        test_bot="""
        def test_it(whatsapp):
            from bot import app
            whatsapp.deliver_to(app)
            whatsapp.person().says("Hello")
            whatsapp.expect_sent()
        """,
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    cause = "a webhook was not taken: *: answered 500: *KeyError: 'item' at bot.py:10 in reply"
    result.stdout.fnmatch_lines([f"E*{cause}"])
    assert result.stdout.str().count("KeyError: 'item' at bot.py") == 1


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (201, "only 200 counts as delivered"),
        (204, "only 200 counts as delivered"),
        (302, "redirects are not followed"),
        (400, "One of statuses has no `messages`"),
        (403, "CSRF"),
        (404, "whatsapp_webhook_path"),
        (405, "whatsapp_webhook_path"),
        (500, None),
    ],
)
def test_any_answer_but_200_fails_the_test(suite: pytest.Pytester, status: int, hint: str | None) -> None:
    """The platform would send it again and again; what may be the reason is said."""
    suite.makepyfile(
        f"""
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: {status})
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    told = f"a webhook was not taken: messages to http://receiver.invalid/webhook: answered {status}"
    result.stdout.fnmatch_lines([f"{told} (*{hint}*)" if hint else told])


def test_every_webhook_that_was_refused_for_one_cause_is_told_once(suite: pytest.Pytester) -> None:
    """With how many there were; a Django app whose CSRF protection refuses all of them gets one line."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 403)
            for text in ("Hello", "Anybody there?", "Well"):
                whatsapp.person().says(text)
            whatsapp.settle()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a webhook was not taken: messages to *: answered 403, 3× (*"])
    assert result.stdout.str().count("\na webhook was not taken") == 1


def test_a_reset_does_not_hide_what_went_wrong(suite: pytest.Pytester) -> None:
    """The journal is gone, and the test fails all the same; once, when it goes wrong again."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 500)
            for _ in range(2):
                whatsapp.person().says("Hello")
                whatsapp.settle()
                whatsapp.reset()
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    assert result.stdout.str().count("\na webhook was not taken: messages to ") == 1


def test_200_is_taken(suite: pytest.Pytester) -> None:
    """By a function that returns it, or returns nothing."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("answer", [200, None])
        def test_it(whatsapp, answer):
            whatsapp.deliver_to(lambda webhook: answer)
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    suite.runpytest_inprocess().assert_outcomes(passed=2)


def test_webhooks_that_nobody_delivered_fail_the_test(suite: pytest.Pytester) -> None:
    """A test that forgets to settle has not tried its app at all."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 200)
            whatsapp.person().says("Hello")
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["1 webhook was made and not delivered: whatsapp.settle() *"])


def test_a_fault_that_was_never_met_fails_the_test(suite: pytest.Pytester) -> None:
    """What was to go wrong has not gone wrong, so the test has not seen it."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.faults.add(131000)
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["131000 * was asked for and never met"])


def test_a_wrong_signature_that_is_taken_fails_the_test(suite: pytest.Pytester) -> None:
    """With what the app has to do; one that refuses it passes."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("answers", [[200], [403, 200]])
        def test_it(whatsapp, answers):
            left = list(answers)
            whatsapp.deliver_to(lambda webhook: left.pop(0))
            whatsapp.deliver.unsigned()
            whatsapp.person().says("Hello")
            whatsapp.clock.advance(seconds=15)
            assert left == []
        """
    )

    result = suite.runpytest("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "a webhook with a wrong signature was taken (no_signature, answered 200): the app has to compare "
            "X-Hub-Signature-256 with *"
        ]
    )


def test_a_fault_of_the_seed_need_not_be_met(suite: pytest.Pytester) -> None:
    """No test has promised to come to it; an unfinished batch that a test asked for is told."""
    suite.makepyfile(
        """
        import pytest

        SEED = {
            "app": {"access_token": "T"},
            "waba": {},
            "numbers": [{"number": "+15550783881"}],
            "people": [{"name": "Ana", "number": "+16505551234"}],
            "faults": [{"kind": "reset"}],
        }

        @pytest.mark.whatsapp(seed=SEED)
        def test_seeded(whatsapp):
            assert len(whatsapp.faults) == 1

        def test_batch(whatsapp):
            whatsapp.deliver_to(lambda webhook: 200)
            whatsapp.deliver.batch(3)
            whatsapp.person().says("Hello")
        """
    )

    result = suite.runpytest("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["a batch of 3 webhooks was asked for, and only 1 of 3 made"])


def test_a_webhook_that_was_to_be_spoilt_and_never_made_fails_the_test(suite: pytest.Pytester) -> None:
    """As any other fault."""
    suite.makepyfile("def test_it(whatsapp): whatsapp.deliver.out_of_order()")

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["out_of_order: a webhook is delivered after the one that is made next (webhook) was * never met"]
    )


@pytest.mark.parametrize(
    ("strict", "passed"), [("calls, undelivered", 1), ("webhooks", 0), (["calls"], 1), ("webhooks calls", 0)]
)
def test_strictness_can_be_loosened_by_kind(suite: pytest.Pytester, strict: object, passed: int) -> None:
    """Only what is named fails the test."""
    suite.makepyfile(
        f"""
        import pytest

        @pytest.mark.whatsapp(strict={strict!r})
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 204)
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    suite.runpytest_inprocess().assert_outcomes(passed=passed, failed=1 - passed)


def test_an_unknown_kind_of_strictness_is_told(suite: pytest.Pytester) -> None:
    """With those that there are."""
    suite.makepyfile("def test_it(whatsapp): pass")

    result = suite.runpytest_inprocess("--whatsapp-strict=webhook")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["whatsapp_strict is true, false, or some of calls, webhooks, undelivered, faults, *, not 'webhook'"]
    )


def test_a_forgotten_settle_is_told(suite: pytest.Pytester) -> None:
    """Once: the report of the failure says what is still to be done."""
    suite.makepyfile(
        """
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 200)
            whatsapp.person().says("Hello")
            assert whatsapp.deliveries[0].state == "delivered"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*WhatsApp complains*", "1 webhook was made and not delivered: *"])


def test_a_failing_test_tells_its_complaint_as_well(suite: pytest.Pytester) -> None:
    """Beside the failure, and not as an error at teardown after it."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_it(whatsapp):
            call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})
            assert False, "the app is wrong"
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines_random(["E*the app is wrong*", "not emulated: POST *not_there*"])


def test_a_skipped_test_complains_of_nothing(suite: pytest.Pytester) -> None:
    """It has not come to its end."""
    suite.makepyfile(
        """
        import pytest

        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 500)
            whatsapp.person().says("Hello")
            pytest.skip("not today")
        """
    )

    suite.runpytest_inprocess().assert_outcomes(skipped=1)


def test_what_a_test_is_expected_to_fail_for_is_a_failure(suite: pytest.Pytester) -> None:
    """``xfail`` takes it as any other."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.xfail(strict=True)
        def test_it(whatsapp):
            whatsapp.deliver_to(lambda webhook: 500)
            whatsapp.person().says("Hello")
            whatsapp.settle()
        """
    )

    suite.runpytest_inprocess().assert_outcomes(xfailed=1)


def test_what_goes_wrong_at_teardown_is_told_there(suite: pytest.Pytester) -> None:
    """A fixture that ends after the test may still call what is not emulated."""
    suite.makepyfile(
        """
        import pytest
        from client_kit import call

        @pytest.fixture
        def bot(whatsapp):
            yield
            call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})

        def test_it(bot):
            pass
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_it*", "not emulated: POST *not_there*"])


def test_a_complaint_concerns_its_own_test_only(suite: pytest.Pytester) -> None:
    """The next test begins with a clean sheet."""
    suite.makepyfile(
        """
        from client_kit import call

        def test_first(whatsapp):
            call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})

        def test_second(whatsapp):
            assert list(whatsapp.journal) == []
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, failed=1)


def test_a_setup_that_fails_leaves_the_next_test_alone(suite: pytest.Pytester) -> None:
    """Each has a sandbox of its own, whatever became of the one before."""
    suite.makepyfile(
        """
        import pytest

        @pytest.fixture
        def whatsapp_app(request):
            return 42 if request.node.name == "test_first" else None

        def test_first(whatsapp):
            pass

        def test_second(whatsapp):
            assert len(whatsapp.messages) == 0
        """
    )

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["whatsapp_app: a receiver is a URL, *, not int"])
