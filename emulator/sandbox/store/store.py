"""The tables of a sandbox over one database, one attribute for each noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from emulator.sandbox.parts import Parts, Table
from emulator.sandbox.store.database import Database

if TYPE_CHECKING:
    from emulator.sandbox.store.accounts import AccountTables
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


class Store(Parts):
    """Everything that a sandbox keeps, over one database: one attribute for each noun, with its table.

    Tables are read inside :meth:`reading` or a transaction, and written inside :meth:`transaction` only.
    """

    PARTS: ClassVar[Table] = {
        "facts": ("store.facts:FactTable", "database"),
        "accounts": ("store.accounts:AccountTables", "database"),
        "people": ("store.people.people:PeopleTable", "database"),
        "windows": ("store.people.people:WindowTable", "database"),
        "entry_points": ("store.pricing.entry_points:EntryPointTable", "database"),
        "conversations": ("store.pricing.conversations:ConversationTable", "database"),
        "charges": ("store.pricing.charges:ChargeTable", "database"),
        "messages": ("store.messages.messages:MessageTable", "database"),
        "chats": ("store.messages.chats:ChatTable", "database"),
        "media": ("store.media.media:MediaTables", "database"),
        "orders": ("store.messages.orders:OrderTable", "database"),
        "groups": ("store.messages.groups:GroupTable", "database"),
        "relationships": ("store.people.relationships:RelationshipTable", "database"),
        "pacing": ("store.pacing:PacingTable", "database"),
        "templates": ("store.templates.templates:TemplateTable", "database"),
        "rate_limits": ("store.limits.rate_limits:RateLimitTable", "database"),
        "utility_abuse": ("store.templates.utility_abuse:UtilityAbuseTable", "database"),
        "timeline": ("store.timeline:TimelineTable", "database"),
        "sliding_windows": ("store.limits.sliding_windows:SlidingWindowTable", "database"),
        "faults": ("store.faults:FaultTable", "database"),
        "deliveries": ("store.deliveries:DeliveryTable", "database"),
        "journal": ("store.journal:JournalTable", "database"),
    }
    facts: FactTable
    accounts: AccountTables
    people: PeopleTable
    windows: WindowTable
    entry_points: EntryPointTable
    conversations: ConversationTable
    charges: ChargeTable
    messages: MessageTable
    chats: ChatTable
    media: MediaTables
    orders: OrderTable
    groups: GroupTable
    relationships: RelationshipTable
    pacing: PacingTable
    templates: TemplateTable
    rate_limits: RateLimitTable
    utility_abuse: UtilityAbuseTable
    timeline: TimelineTable
    sliding_windows: SlidingWindowTable
    faults: FaultTable
    deliveries: DeliveryTable
    journal: JournalTable

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.transaction = database.transaction
        self.reading = database.reading
