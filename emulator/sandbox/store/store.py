"""The tables of a sandbox over one database, one attribute for each noun."""

from __future__ import annotations

from emulator.sandbox.store.accounts import AccountTables
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.deliveries import DeliveryTable
from emulator.sandbox.store.facts import FactTable
from emulator.sandbox.store.faults import FaultTable
from emulator.sandbox.store.journal import JournalTable
from emulator.sandbox.store.limits.rate_limits import RateLimitTable
from emulator.sandbox.store.limits.sliding_windows import SlidingWindowTable
from emulator.sandbox.store.media.media import MediaTables
from emulator.sandbox.store.messages.chats import ChatTable
from emulator.sandbox.store.messages.groups import GroupTable
from emulator.sandbox.store.messages.messages import MessageTable
from emulator.sandbox.store.messages.orders import OrderTable
from emulator.sandbox.store.pacing import PacingTable
from emulator.sandbox.store.people.people import PeopleTable, WindowTable
from emulator.sandbox.store.people.relationships import RelationshipTable
from emulator.sandbox.store.pricing.charges import ChargeTable
from emulator.sandbox.store.pricing.conversations import ConversationTable
from emulator.sandbox.store.pricing.entry_points import EntryPointTable
from emulator.sandbox.store.templates.templates import TemplateTable
from emulator.sandbox.store.templates.utility_abuse import UtilityAbuseTable
from emulator.sandbox.store.timeline import TimelineTable


class Store:
    """Everything that a sandbox keeps, over one database: one attribute for each noun, with its table.

    Tables are read inside :meth:`reading` or a transaction, and written inside :meth:`transaction` only.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.transaction = database.transaction
        self.reading = database.reading
        self.facts = FactTable(database)
        self.accounts = AccountTables(database)
        self.people = PeopleTable(database)
        self.windows = WindowTable(database)
        self.entry_points = EntryPointTable(database)
        self.conversations = ConversationTable(database)
        self.charges = ChargeTable(database)
        self.messages = MessageTable(database)
        self.chats = ChatTable(database)
        self.media = MediaTables(database)
        self.orders = OrderTable(database)
        self.groups = GroupTable(database)
        self.relationships = RelationshipTable(database)
        self.pacing = PacingTable(database)
        self.templates = TemplateTable(database)
        self.rate_limits = RateLimitTable(database)
        self.utility_abuse = UtilityAbuseTable(database)
        self.timeline = TimelineTable(database)
        self.sliding_windows = SlidingWindowTable(database)
        self.faults = FaultTable(database)
        self.deliveries = DeliveryTable(database)
        self.journal = JournalTable(database)
