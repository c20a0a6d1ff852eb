"""``demo``: a conversation with an echo bot in a few seconds, over real HTTP and in simulated time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.console import Console

from emulator.cli.bot import EchoBot
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.web.app import create_app
from emulator.web.server import Server

_MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
_TEMPLATE = {
    "type": "template",
    "template": {
        "name": "order_shipped",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Sheena"}, {"type": "text", "text": "860198"}],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "1",
                "parameters": [{"type": "text", "text": "860198"}],
            },
        ],
    },
}


def play() -> None:
    """Play a conversation with an echo bot over real HTTP, and print it in simulated time.

    A person writes, the window closes after 24 hours, a template is sent, a tap reopens the window. Two
    servers on free ports are started and stopped.
    """
    console = Console(highlight=False)
    with Emulator() as emulator:
        sandbox = emulator.create(at=_MONDAY, speed=None)
        with Server(create_app(emulator)) as server:
            emulator.url = server.url
            bot = EchoBot(server.url, sandbox.identity())
            with Server(bot) as receiver:
                sandbox.webhooks.connect(f"{receiver.url}/webhook")
                _story(sandbox, bot, console)
            bot.close()
        console.print("\n[bold]The conversation, in simulated time[/]\n")
        console.print(sandbox.messages.transcript(), markup=False, soft_wrap=True)
        console.print("\nNow your app:  [bold]whatsapp-emulator serve[/]")


def _story(sandbox: Sandbox, bot: EchoBot, console: Console) -> None:
    sheena = sandbox.people.all()[0]

    def tell(text: str) -> None:
        console.print(f"[dim]{sandbox.clock.now():%a %H:%M:%S}[/]  {text}", soft_wrap=True)

    tell(f"{sheena.name} writes. The webhook reaches an echo bot on {_host(sandbox)}, which answers.")
    sandbox.people.say(sheena.wa_id, "Hello, is my order on its way?")
    sandbox.clock.advance(timedelta(seconds=30))

    sandbox.clock.advance(timedelta(hours=25))
    tell("25 hours later the service window is closed. The bot tries a free-form message anyway:")
    status, _ = bot.send(sheena.wa_id, {"type": "text", "text": {"body": "Still there?"}})
    sandbox.clock.advance(timedelta(seconds=1))
    failed = sandbox.messages.all()[-1].error or {}
    tell(
        f"the API answered {status}, and then a webhook said: [red]{failed.get('code')} "
        f"{failed.get('title')}[/], as on the platform."
    )

    tell("An approved template may be sent at any time:")
    bot.send(sheena.wa_id, _TEMPLATE)
    sandbox.clock.advance(timedelta(minutes=1))
    tell(f"{sheena.name} taps its button, and the window is open again:")
    sandbox.people.tap(sheena.wa_id, "Where is it?")
    sandbox.clock.advance(timedelta(minutes=1))


def _host(sandbox: Sandbox) -> str:
    return str(sandbox.identity()["webhook_url"]).split("//")[1].split("/")[0]
