"""The nouns of a sandbox over one database."""

from __future__ import annotations

from emulator.sandbox.store.accounts import Accounts
from emulator.sandbox.store.charges import Charges
from emulator.sandbox.store.conducts import Conducts
from emulator.sandbox.store.conversations import Conversations
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.deliveries import Deliveries
from emulator.sandbox.store.entry_points import EntryPoints
from emulator.sandbox.store.facts import Facts
from emulator.sandbox.store.faults import Faults
from emulator.sandbox.store.groups import Groups
from emulator.sandbox.store.journal import Journal
from emulator.sandbox.store.media import MediaFiles
from emulator.sandbox.store.messages import Messages
from emulator.sandbox.store.moving import Moving
from emulator.sandbox.store.orders import Orders
from emulator.sandbox.store.paces import Paces
from emulator.sandbox.store.people import People, Windows
from emulator.sandbox.store.rates import Rates
from emulator.sandbox.store.standings import Standings
from emulator.sandbox.store.templates import Templates
from emulator.sandbox.store.timeline import Timeline


class Store:
    """What a sandbox keeps: one attribute a noun."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.transaction = database.transaction
        self.reading = database.reading
        self.facts = Facts(database)
        self.accounts = Accounts(database)
        self.people = People(database)
        self.windows = Windows(database)
        self.entry_points = EntryPoints(database)
        self.conversations = Conversations(database)
        self.charges = Charges(database)
        self.messages = Messages(database)
        self.media = MediaFiles(database)
        self.orders = Orders(database)
        self.groups = Groups(database)
        self.standings = Standings(database)
        self.paces = Paces(database)
        self.templates = Templates(database)
        self.rates = Rates(database)
        self.conducts = Conducts(database)
        self.timeline = Timeline(database)
        self.moving = Moving(database)
        self.faults = Faults(database)
        self.deliveries = Deliveries(database)
        self.journal = Journal(database)
