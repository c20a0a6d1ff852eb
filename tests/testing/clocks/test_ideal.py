"""Tests of schedulers and of async apps as a user would write them, with the app unmodified."""

from __future__ import annotations

import json

import pytest

pytest_plugins = ("pytester",)

pytestmark = pytest.mark.slow

REMINDER = {
    "id": "1234567890",
    "name": "reminder",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Your appointment is tomorrow."}],
}


@pytest.mark.parametrize("freeze", ["true", "time-machine", "false"])
def test_a_reminder(pytester: pytest.Pytester, freeze: str) -> None:
    """The app's own job runs on the way, and what it sends arrives."""
    pytester.path.joinpath("templates.json").write_text(json.dumps({"data": [REMINDER]}))
    pytester.makeini(f"[pytest]\nwhatsapp_templates = templates.json\nwhatsapp_freeze = {freeze}\n")
    pytester.makepyfile(
        main="""
        from datetime import datetime, timedelta

        import httpx
        from apscheduler.schedulers.background import BackgroundScheduler

        scheduler = BackgroundScheduler(timezone="UTC")

        def remind(url, token, to):
            template = {"name": "reminder", "language": {"code": "en_US"}}
            body = {"messaging_product": "whatsapp", "to": to, "type": "template", "template": template}
            httpx.post(url, json=body, headers={"Authorization": f"Bearer {token}"}).raise_for_status()

        def book(*args):
            due = datetime.now(scheduler.timezone) + timedelta(hours=23)
            scheduler.add_job(remind, "date", run_date=due, args=args)
        """,
        conftest="""
        import pytest

        import main

        @pytest.fixture
        def scheduler(whatsapp):
            url = f"{whatsapp.url}/v26.0/{whatsapp.phone_number_id}/messages"
            main.scheduler.start()
            main.book(url, whatsapp.token, whatsapp.person().wa_id)
            yield main.scheduler
            main.scheduler.shutdown(wait=False)
        """,
        test_it="""
        from datetime import timedelta

        def test_reminder(whatsapp, scheduler):
            with whatsapp.clock.drives(scheduler):                 # the app's own jobs run on the way
                whatsapp.clock.advance(hours=23)
            whatsapp.expect_sent(template="reminder")
        """,
    )

    pytester.runpytest("-p", "no:cacheprovider", "-W", "error").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("plugin", "freeze"),
    [
        ("pytest-asyncio", "false"),
        ("pytest-asyncio", "freezegun"),
        ("anyio", "false"),
        ("anyio", "time-machine"),
    ],
)
def test_an_async_app(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, plugin: str, freeze: str
) -> None:
    """What the app sends in the background of its answer is there when it is expected."""
    pytest.importorskip("fastapi")
    ini = f"[pytest]\nwhatsapp_app = main:app\nwhatsapp_freeze = {freeze}\n"
    if plugin == "pytest-asyncio":
        monkeypatch.delenv("PYTEST_ADDOPTS")
        ini += "asyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n"
    pytester.makeini(ini)
    pytester.makepyfile(
        main="""
        import os

        import httpx
        from fastapi import BackgroundTasks, FastAPI, Request

        app = FastAPI()

        async def answer(message):
            text = {"body": message["text"]["body"].upper()}
            body = {"messaging_product": "whatsapp", "to": message["from"], "type": "text", "text": text}
            headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
            async with httpx.AsyncClient() as client:
                (await client.post(os.environ["MESSAGES"], json=body, headers=headers)).raise_for_status()

        @app.post("/webhook")
        async def webhook(request: Request, tasks: BackgroundTasks):
            payload = await request.json()
            for message in payload["entry"][0]["changes"][0]["value"].get("messages", ()):
                tasks.add_task(answer, message)
            return {}
        """,
        test_it=f"""
        import pytest

        ana = None

        @pytest.fixture(autouse=True)
        def _set_up(whatsapp, monkeypatch):
            global ana
            ana = whatsapp.person("Ana")
            url = f"{{whatsapp.url}}/v26.0/{{whatsapp.phone_number_id}}/messages"
            monkeypatch.setenv("MESSAGES", url)
            monkeypatch.setenv("TOKEN", whatsapp.token)

        {"pytestmark = pytest.mark.anyio" if plugin == "anyio" else ""}

        async def test_async(whatsapp):
          await ana.says("hi"); await whatsapp.expect_sent(text="HI"); await whatsapp.clock.advance(hours=25)
          assert not ana.can_be_answered
        """,
    )

    result = pytester.runpytest("-p", "no:cacheprovider", "-W", "error")

    result.assert_outcomes(passed=2 if plugin == "anyio" else 1)
