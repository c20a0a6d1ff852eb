"""The namespaces of a sandbox, one attribute for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from emulator.sandbox.parts import Parts, Table

if TYPE_CHECKING:
    from emulator.sandbox.namespaces.accounts import AccountsNamespace
    from emulator.sandbox.namespaces.business_app import BusinessAppNamespace
    from emulator.sandbox.namespaces.clock import ClockNamespace
    from emulator.sandbox.namespaces.expectations import ExpectationsNamespace
    from emulator.sandbox.namespaces.faults import FaultsNamespace
    from emulator.sandbox.namespaces.groups import GroupsNamespace
    from emulator.sandbox.namespaces.journal import JournalNamespace
    from emulator.sandbox.namespaces.limits import LimitsNamespace
    from emulator.sandbox.namespaces.media import MediaNamespace
    from emulator.sandbox.namespaces.messages import MessagesNamespace
    from emulator.sandbox.namespaces.objects import ObjectsNamespace
    from emulator.sandbox.namespaces.people.block_list import BlockListNamespace
    from emulator.sandbox.namespaces.people.people import PeopleNamespace
    from emulator.sandbox.namespaces.pricing import PricingNamespace
    from emulator.sandbox.namespaces.templates import TemplatesNamespace
    from emulator.sandbox.namespaces.webhooks import WebhooksNamespace


class Namespaces(Parts):
    """The namespaces over the services of a sandbox."""

    PARTS: ClassVar[Table] = {
        "accounts": ("namespaces.accounts:AccountsNamespace", "services"),
        "block_list": ("namespaces.people.block_list:BlockListNamespace", "services"),
        "clock": ("namespaces.clock:ClockNamespace", "services"),
        "expectations": ("namespaces.expectations:ExpectationsNamespace", "services"),
        "faults": ("namespaces.faults:FaultsNamespace", "services"),
        "groups": ("namespaces.groups:GroupsNamespace", "services"),
        "business_app": ("namespaces.business_app:BusinessAppNamespace", "services"),
        "journal": ("namespaces.journal:JournalNamespace", "services"),
        "limits": ("namespaces.limits:LimitsNamespace", "services"),
        "media": ("namespaces.media:MediaNamespace", "services"),
        "messages": ("namespaces.messages:MessagesNamespace", "services"),
        "objects": ("namespaces.objects:ObjectsNamespace", "services"),
        "people": ("namespaces.people.people:PeopleNamespace", "services"),
        "pricing": ("namespaces.pricing:PricingNamespace", "services"),
        "templates": ("namespaces.templates:TemplatesNamespace", "services"),
        "webhooks": ("namespaces.webhooks:WebhooksNamespace", "services"),
    }
    accounts: AccountsNamespace
    block_list: BlockListNamespace
    clock: ClockNamespace
    expectations: ExpectationsNamespace
    faults: FaultsNamespace
    groups: GroupsNamespace
    business_app: BusinessAppNamespace
    journal: JournalNamespace
    limits: LimitsNamespace
    media: MediaNamespace
    messages: MessagesNamespace
    objects: ObjectsNamespace
    people: PeopleNamespace
    pricing: PricingNamespace
    templates: TemplatesNamespace
    webhooks: WebhooksNamespace
