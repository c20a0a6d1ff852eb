"""What is answered about portfolios, WABAs, numbers, templates, limits and costs."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio as PortfolioNoun
from emulator.domain.accounts.restrictions import EVERY_TYPE
from emulator.domain.accounts.wabas import ACCOUNT, WABAS
from emulator.domain.accounts.wabas import Waba as WabaNoun
from emulator.domain.templates.template import Status
from emulator.web.control.answers.markers import Facts, Instant, Json, Page, one_of


class RestrictionAnswer(TypedDict):
    """A restriction of a WABA; ``expires_at`` is ``null`` for one that lasts until it is lifted."""

    type: Annotated[str, one_of(EVERY_TYPE)]
    expires_at: Instant | None
    countries: list[str]
    remediation: str | None


class RestrictionsAnswer(TypedDict):
    """The restrictions that hold."""

    restrictions: list[RestrictionAnswer]


class RateEligibilityAnswer(TypedDict):
    """Since when a WABA pays the authentication-international rate, in seconds since 1970."""

    start_time: int
    exception_countries: list[Json]


_INSIDE = (
    ("restrictions", list[RestrictionAnswer]),
    ("auth_international_rate_eligibility", RateEligibilityAnswer | None),
)
Portfolio = Annotated[Json, Facts("Portfolio", PortfolioNoun)]
Account = Annotated[Json, Facts("Account", WabaNoun, ACCOUNT, inside=_INSIDE)]
Waba = Annotated[Json, Facts("Waba", WabaNoun, WABAS, inside=_INSIDE)]


class WabasAnswer(TypedDict):
    """The WhatsApp Business Accounts in the order of the seed."""

    wabas: list[Waba]


class AllowedAnswer(TypedDict):
    """The ``wa_id`` of the people that a test number may write to."""

    allowed: list[str]


Number = Annotated[Json, Facts("Number", BusinessNumber, more=AllowedAnswer)]


class NumbersAnswer(TypedDict):
    """The business numbers in the order of the seed."""

    numbers: list[Number]


class QualityScoreAnswer(TypedDict):
    """The quality of a template, and since when, in seconds since 1970."""

    score: str
    date: int


class TemplateAnswer(TypedDict):
    """A template as its Graph node has it; what has no value is left out."""

    id: str
    waba_id: str
    name: str
    parameter_format: str
    components: list[Json]
    language: str
    status: Annotated[str, one_of(Status)]
    category: str
    rejected_reason: str
    quality_score: QualityScoreAnswer
    source: str
    previous_category: NotRequired[str]
    correct_category: NotRequired[str]
    last_updated_time: NotRequired[str]
    message_send_ttl_seconds: NotRequired[int]
    ad_account_id: NotRequired[str]
    ad_adset_id: NotRequired[str]
    ad_campaign_id: NotRequired[str]
    ad_id: NotRequired[str]
    bid_spec: NotRequired[Json]
    cta_url_link_tracking_opted_out: NotRequired[bool]
    degrees_of_freedom_spec: NotRequired[Json]
    display_format: NotRequired[str]
    health_status: NotRequired[Json]
    is_primary_device_delivery_only: NotRequired[bool]
    is_sms_fallback_enabled: NotRequired[bool]
    library_template_name: NotRequired[str]
    sub_category: NotRequired[str]


Templates = Annotated[Json, Page("templates", TemplateAnswer)]


class ComplaintAnswer(TypedDict):
    """What the template editor would refuse a template with; ``blame`` are the members at fault."""

    code: int
    subcode: int | None
    title: str
    message: str
    hint: str
    rule: str
    source: str
    blame: list[str]


class CheckAnswer(TypedDict):
    """What stands against a template, and a warning about its category; ``null``: nothing."""

    complaint: ComplaintAnswer | None
    warning: str | None


class UtilityAbuseAnswer(TypedDict):
    """The enforcement of a WABA for utility template abuse: ``null`` for a step that does not hold."""

    warned_at: Instant | None
    limited_until: Instant | None
    restricted_until: Instant | None
    restrictions: int


class LimitAnswer(TypedDict):
    """How a limit stands; ``most`` and ``left`` are ``null`` where there is none."""

    name: str
    scope: str
    subject: str
    policy: str | int
    most: int | None
    used: int
    left: int | None
    frees_up_at: Instant | None
    source: str


class LimitsAnswer(TypedDict):
    """How every limit stands."""

    limits: list[LimitAnswer]


class BillableAnswer(TypedDict):
    """Billed messages, counted."""

    messages: int
    by_category: dict[str, int]
    by_country: dict[str, int]


class FreeAnswer(TypedDict):
    """Free messages, counted."""

    messages: int
    by_reason: dict[str, int]


class CostLineAnswer(TypedDict):
    """Messages of one category, country, market and reason; ``amount`` is ``null`` without a rate."""

    category: str
    country: str
    market: str
    free: str | None
    messages: int
    amount: str | None


class CostsAnswer(TypedDict):
    """What was charged from ``since`` until just before ``until``."""

    since: Instant | None
    until: Instant | None
    billable: BillableAnswer
    free: FreeAnswer
    lines: list[CostLineAnswer]
    amount: str | None
    currency: str


Rates = dict[str, dict[str, str]]
"""Amounts of money by category, and then by country, market or ``*``."""
