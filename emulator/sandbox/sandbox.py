"""One isolated universe: accounts, people, clock, messages, webhooks. What every door calls.

Acts are methods of its namespaces; here are its identity, its settings, and its state as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from emulator.domain.instants import iso
from emulator.domain.masking import masked
from emulator.domain.phones import displayed
from emulator.domain.settings.settings import Settings, from_json
from emulator.sandbox.clock import Clock
from emulator.sandbox.engine.advance import Advance
from emulator.sandbox.namespaces.namespaces import Namespaces
from emulator.sandbox.namespaces.renamed import Renamed
from emulator.sandbox.seeds.blueprint import Blueprint
from emulator.sandbox.services import Services
from emulator.sandbox.store import Database
from emulator.sandbox.store.media.blobs import Source
from emulator.sandbox.webhooks.receivers import Receivers

if TYPE_CHECKING:
    from emulator.sandbox.engine.worker import Worker

_ITS_OWN = ("made_from", "beginning", "receiver")
"""Facts that stay when a sandbox becomes another: what a reset returns to, and who was connected."""
IN_PROCESS = "http://receiver.invalid"
"""The host of receivers that are reached without a socket."""


class Sandbox(Renamed, Namespaces):
    """The emulated platform with its businesses and people, made from a seed: own state, clock and webhooks.

    What can be done in it is a method of a namespace: ``sandbox.people.say(…)``,
    ``sandbox.clock.advance(…)``, ``sandbox.templates.approve(…)``. Every act is one transaction: it happens
    whole or not at all. Acts may come from any thread. The namespaces, each documented in its module in
    ``emulator/sandbox/namespaces``:

    ================ =======================================================================
    ``accounts``     apps, portfolios, WABAs and numbers, and what the platform does to them
    ``block_list``   the people a business phone number has blocked
    ``clock``        what time it is, and how it passes
    ``expectations`` what a test expects of an app, and waiting for it
    ``faults``       what is made to go wrong on purpose
    ``business_app`` the WhatsApp Business app of a number: chats and contacts (coexistence)
    ``groups``       groups of people and a business number
    ``journal``      everything that happened, each entry with its cause
    ``limits``       how the platform's limits stand, and under which policy each holds
    ``media``        files of business numbers: uploaded, sent by people, downloaded, deleted
    ``messages``     what was written in both directions, and sending for a business
    ``objects``      whatever Graph addresses by an id
    ``people``       who is in the sandbox, what they are like, and what they do
    ``pricing``      what messages cost, and what a WABA pays by
    ``templates``    message templates, what the business does with them, and their reviewer
    ``webhooks``     where webhooks go, and what became of each delivery
    ================ =======================================================================
    """

    def __init__(
        self,
        name: str,
        blueprint: Blueprint,
        clock: Clock,
        *,
        path: Path | None = None,
        receivers: Receivers | None = None,
    ) -> None:
        """Make a sandbox from ``blueprint``, or take up the one that is kept in the file ``path``."""
        super().__init__()
        self.name = name
        self.blueprint = blueprint
        self.path = path
        with blueprint.image(name) as image:
            database = Database(path, like=image, check=False)
        self.services = Services(name, database, clock, path, receivers or Receivers())
        try:
            self._take_up()
        except BaseException:
            database.close()
            raise

    def _take_up(self) -> None:
        """Begin the time of a new sandbox, or go on with that of a kept one."""
        services, store, clock = self.services, self.services.store, self.services.core.clock
        with store.transaction():
            kept = store.facts.get("clock")
            if kept is None:
                store.facts.put("clock", clock.state())
                store.facts.put("beginning", clock.beginning)
                store.facts.put("begun", iso(clock.now()))
            else:
                clock.beginning = store.facts.get("beginning")
                clock.restore(kept)
                clock.not_before(store.journal.latest())
                clock.has_history = store.journal.last() > 0
                services.blobs.sweep(store.media.names)
                services.outcomes.take_up()
            if self.blueprint.relative_people:
                services.people.count_from_now(self.blueprint.relative_people)

    @property
    def worker(self) -> Worker:
        """What keeps it going by itself, once that has been started, as on a server."""
        return self.services.worker

    def transaction(self) -> AbstractContextManager[object]:
        """Do the acts of the ``with`` block as one: they happen together or, when one raises, not at all.

        No act inside may wait: neither for a receiver's handshake nor for time to pass.
        """
        return self.services.core.command()

    def reading(self) -> AbstractContextManager[object]:
        """Look at several things at one instant: inside the ``with`` block nothing changes.

        Other threads wait meanwhile.
        """
        return self.services.store.reading()

    def looking(self) -> AbstractContextManager[object]:
        """Look at several things as :meth:`reading` does, once what is due by now is carried out.

        In a sandbox that a worker keeps going, whose clock stands, every command has that done before it.
        """
        return self.services.core.looking()

    # identity

    def identity(self) -> dict[str, Any]:
        """Gather ids and credentials: what an integrator's configuration needs.

        That is the first app with its secret, tokens and webhook URL, the first portfolio and WABA, and every
        number.
        """
        store = self.services.store
        with store.reading():
            app = self.accounts.app()
            subscription = store.accounts.subscription(app.id)
            return {
                "id": self.name,
                "app_id": app.id,
                "app_secret": app.secret,
                "access_token": store.facts.get("access_token"),
                "verify_token": subscription.verify_token if subscription else "",
                "business_id": self.accounts.portfolio().id,
                "waba_id": self.accounts.waba().id,
                "numbers": [
                    {
                        "phone_number_id": number.id,
                        "display_phone_number": displayed(number.digits),
                        "kind": number.kind,
                    }
                    for number in store.accounts.numbers()
                ],
                "webhook_url": masked(subscription.callback_url) if subscription else None,
            }

    @property
    def is_closed(self) -> bool:
        """Whether it has been closed: its database is gone, and nothing can be done in it."""
        return self.services.core.closing.has_begun

    def problem(self) -> str | None:
        """Why its state cannot be written now, such as a full disk; ``None``: it can."""
        return self.services.store.database.probe()

    @property
    def settings(self) -> Settings:
        """The settings that hold now: those of the seed, and what was changed since the last reset."""
        return self.services.core.settings

    def change_settings(self, **values: Any) -> Settings:
        """Change some settings until the next reset, by name; returns all of them. See :class:`Settings`.

        Durations are timedeltas or seconds. Raises :class:`ValueError` for a name or value there is not, and
        then nothing has changed.
        """
        core = self.services.core
        with core.command():
            core.change_settings(from_json(values, core.settings))
        return core.settings

    def on_credentials(self, hear: Callable[[Sandbox], None]) -> None:
        """Call ``hear`` with this sandbox whenever it may have other tokens or apps than before.

        That is after a reset, after a restore, and when one is added.
        """
        self.services.store.accounts.credentials_heard = lambda: hear(self)

    # state

    def settle(self) -> Advance:
        """Carry out everything that is due now and wait until its webhooks are answered; no time passes.

        It runs on the calling thread, and returns what happened. Raises ``CalledFromReceiver`` when a webhook
        receiver calls it, and ``NotQuiet`` when the sandbox does not come to rest.
        """
        return self.services.scheduler.settle()

    def reset(self) -> None:
        """Return to the seed: state, files, ids and time begin anew; the URL of a connected receiver stays.

        Waits for work that is under way. Raises ``CalledFromReceiver`` when a webhook receiver calls it, and
        :class:`~emulator.sandbox.errors.NotKept` when it cannot be written; then nothing has changed.
        """
        store, clock = self.services.store, self.services.core.clock
        with self.services.scheduler.paused(), store.reading():
            own = self._own()
            with clock.beginning_again(), self.blueprint.image(self.name, again=True) as image:
                store.database.copy_from(image, {**own, "clock": clock.state(), "begun": iso(clock.now())})
            self._became()
            if "receiver" in own or self.blueprint.relative_people:
                with self.services.core.command():
                    self.services.people.count_from_now(self.blueprint.relative_people)
                    if "receiver" in own:
                        self.services.subscriptions.connect(self.accounts.app(), own["receiver"])
            self.services.core.log("sandbox", "reset to its seed")

    def snapshot(self) -> bytes:
        """Write the whole state, with the time and the files, as the bytes of a SQLite file.

        May be taken at any time; work under way is in it as far as it has been committed. The bytes all stand
        in memory; :meth:`write_snapshot` writes them to a file.
        """
        with TemporaryDirectory(prefix="whatsapp-emulator-") as folder:
            path = Path(folder) / "snapshot.sqlite"
            self.write_snapshot(path)
            return path.read_bytes()

    def write_snapshot(self, path: Path) -> None:
        """Write the whole state, with the time and the files, to a new SQLite file at ``path``.

        It is the state of one instant, that at which the last piece is written; others go on meanwhile.
        """
        services = self.services
        services.outcomes.write_down()
        with services.blobs.held() as held:

            def state() -> dict[str, object]:
                held.hold()
                return {"clock": services.core.clock.state(rebased=True)}

            services.store.database.write_to(path, state, held.files, services.core.closing.check)

    def restore(self, snapshot: bytes | Path | Source) -> None:
        """Replace the whole state by a snapshot's; going on from there gives what the original gave.

        The sandbox keeps its own seed to reset to, and its receiver. ``snapshot`` are its bytes, the path of
        its file, or what it is read from; one of an older schema is migrated. It is judged whole before
        anything changes. Raises :class:`~emulator.sandbox.errors.NotASnapshot` that names what this version
        cannot read, :class:`~emulator.sandbox.errors.NotKept` when there is no room for it, and
        ``CalledFromReceiver`` when a webhook receiver calls it.
        """
        from emulator.sandbox.store.snapshots.received import opened

        services, store = self.services, self.services.store
        with opened(snapshot) as found:
            try:
                found.unpack(services.blobs)
                found.strip()
                with services.scheduler.paused(), store.reading():
                    found.put(self._own())
                    store.database.copy_from(found.connection)
                    services.core.clock.restore(store.facts.get("clock"))
                    self._became()
                    services.core.log("sandbox", "restored from a snapshot")
            finally:
                with store.reading():
                    services.blobs.keep_only(store.media.names)

    def _own(self) -> dict[str, Any]:
        facts = {name: self.services.store.facts.get(name) for name in _ITS_OWN}
        return {name: value for name, value in facts.items() if value is not None}

    def _became(self) -> None:
        """Another state is in the database: nothing that was read before holds any more."""
        services = self.services
        services.blobs.keep_only(services.store.media.names)
        services.forget()
        services.core.clock.has_history = services.store.journal.last() > 0
        services.store.accounts.credentials_heard()

    def close(self) -> None:
        """Stop the threads, close the database, and take away files that are not kept.

        May be called from any thread, and while anything is under way, also by a receiver: every wait ends,
        with :class:`~emulator.sandbox.errors.SandboxClosed` for its caller, and a delivery that is not
        answered yet is broken off. A second call does nothing.
        """
        if not self.services.core.closing.begin():
            return
        for worker in self.services.made(["worker"]):
            worker.stop()
        for outcomes in self.services.made(["outcomes"]):
            outcomes.write_down()
        self.services.store.database.close()
        self.services.blobs.close()

    def forget_files(self) -> None:
        """Remove the files that are kept beside the database, as when the sandbox itself is removed."""
        self.services.blobs.clear()
