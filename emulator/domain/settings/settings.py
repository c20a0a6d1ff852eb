"""The settings of a sandbox: where the platform leaves a choice, or a team prefers another way.

Each is a field with its type (:mod:`emulator.domain.settings.types`), its default and what it decides; seeds,
the control API, its OpenAPI document, the page and JSON go by these alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import timedelta
from typing import Any

from emulator.domain.catalogue import DISPUTED
from emulator.domain.facts.types import FactKind, FactType
from emulator.domain.limits.policies import NAMES as LIMITS
from emulator.domain.limits.policies import Policies, policies_from_json
from emulator.domain.quoting import did_you_mean
from emulator.domain.settings.types import (
    KIND,
    TEXT,
    choice,
    count,
    duration,
    flag,
    share,
    words,
)
from emulator.domain.templates.components import BODY_LENGTH
from emulator.domain.templates.variables import WORDS_PER_VARIABLE
from emulator.domain.values import dataclass
from emulator.domain.windows import DISPUTED as DISPUTED_ACTS
from emulator.domain.windows import USUAL


def _statuses(name: str, values: Any) -> Mapping[int, int]:
    if not isinstance(values, Mapping):
        raise ValueError(f"{name} are HTTP statuses by code, like {{132001: 400}}; got {values!r}")
    wrong = [code for code in values if not str(code).isdecimal()]
    if wrong:
        raise ValueError(f"{name} are named by error codes, not by {wrong[0]!r}")
    return {int(code): status for code, status in values.items()}


_STATUSES = FactType(
    FactKind.JSON,
    {"type": "object", "description": "HTTP statuses by error code"},
    _statuses,
    lambda values: {str(code): status for code, status in values.items()},
)


_POLICIES = FactType(
    FactKind.JSON,
    {
        "type": "object",
        "properties": {
            name: {"type": ["string", "integer"], "description": "off, on, always or how much there is"}
            for name in LIMITS
        },
    },
    lambda _, values: policies_from_json(values),
    lambda policies: policies.as_json,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a sandbox, each with its default.

    Raises :class:`ValueError` for a status in ``http_statuses`` that no source reports.
    """

    window_errors: str = choice(
        "async",
        "sync",
        text="How a free-form message outside the window fails: `async`: it is accepted and a `failed` "
        "status follows, as on the platform; `sync`: the answer refuses it.",
    )
    template_categories: str = choice(
        "any",
        "current",
        "legacy",
        text="`any` also accepts the ten legacy categories, with a warning; `current` refuses them as "
        "the platform does today; `legacy` accepts nothing else.",
    )
    missing_plus: str = choice(
        "keep",
        "prepend",
        text="`keep`: a number without a plus is international all the same, as recorded; `prepend`: the "
        "calling code of the business number goes before it, as the platform's page says.",
    )
    direct_send: str = choice(
        "off",
        "on",
        "blocked",
        text="`off`: Direct Send is not enabled, as for most accounts; `on`: it is enabled; `blocked`: "
        "it was withdrawn (139200).",
    )
    marketing_by: str = choice(
        "any",
        "marketing_messages",
        text="The endpoint that takes marketing templates: `any`, or `marketing_messages` alone, as for "
        "an account that has `disable_marketing_messages_on_cloud_api`.",
    )
    window_opened_by: tuple[str, ...] = words(
        USUAL,
        *DISPUTED_ACTS,
        text="Which acts of a person open the window, of those for which no source says so: a reaction, a "
        "removed reaction, a message the API does not show, an edit, a deletion. Writing, tapping and "
        "calling always do.",
    )
    free_entry_point_from: str = choice(
        "delivery",
        "answer",
        text="From when the 72 hours of a free entry point count: from the `delivery` of the business's "
        "answer, or from the `answer` itself; the platform's pages say both.",
    )
    free_entry_point_category: str = choice(
        "referral_conversion",
        "own",
        text="The pricing category of a message in a free entry point, which is documented for conversations "
        "alone: `referral_conversion`, or its `own` category.",
    )
    pricing_told: str = choice(
        "always",
        "once",
        text="Which statuses carry `pricing`: `always`: sent, delivered and read, as captured; `once`: "
        "sent, and delivered or else read, as documented.",
    )
    edits_told: str = choice(
        "unsupported",
        "messages",
        text="What the business gets when a person edits or deletes a message: `unsupported`: an "
        "unsupported message for an edit and nothing for a deletion, as most numbers do; `messages`: "
        "`edit` and `revoke` messages.",
    )
    shared_history: str = choice(
        "shared",
        "declined",
        text="What a partner gets who asks for the chats of a number on the WhatsApp Business app: `shared`: "
        "the webhooks `history`; `declined`: error 2593109 in one.",
    )
    quoted_ids: str = choice(
        "platform",
        "exact",
        "scoped",
        text="By which id a quoted message is named: `platform`: one of the person's own, since 1 July "
        "2026, by an id with their user id inside, of which only the tail is that of the other, and the "
        "business's by the id that it knows; `exact`: each by the id that was told; `scoped`: each "
        "by one with a user id.",
    )
    review: str = choice(
        "after",
        "by_hand",
        "content",
        text="How templates are reviewed: `after` the time `review_after`, by their form; `by_hand`, "
        "when a user decides; `content`: after that time, by their form and by what they say.",
    )
    us_marketing: str = choice(
        "paused",
        "delivered",
        text="`paused`: marketing to numbers of the United States fails with 131049, as since April 2025; "
        "`delivered`: it arrives like any other.",
    )
    marketing_per_user: int | None = count(
        None,
        least=1,
        none="off",
        text="How many marketing templates a person gets in 24 hours, of all businesses together (131049); "
        "the platform's number is different for everybody and not published.",
    )
    experiment: float = share(
        0.0,
        text="The share of people whom an experiment keeps from marketing (130472); always the same people.",
    )
    when_blocked: str = choice(
        "silent",
        "131026",
        text="What happens to a message to somebody who blocked the number: `silent`: it stays `sent`; "
        "`131026`: it fails with that error.",
    )
    quality_judged_after: int | None = count(
        50,
        least=1,
        none="off",
        text="How many messages of a template or a number must have been delivered in seven days before its "
        "quality is judged; `off`: it never is.",
    )
    quality_yellow: float = share(
        0.03,
        text="From which share of blocks and reports among the delivered messages quality is YELLOW, "
        "inclusive.",
    )
    quality_red: float = share(
        0.06,
        text="From which share quality is RED, inclusive, and a template is paused.",
    )
    quality_least_read: float = share(
        0.0,
        text="Below which share of read messages quality is YELLOW at best; 0: reads do not count.",
    )
    pacing_after: int | None = count(
        None,
        none="off",
        text="After how many messages of a template without a quality rating the next ones are held; "
        "`off`: never.",
    )
    pacing_hold: timedelta = duration(
        timedelta(hours=1),
        text="How long they are held before the quality reached decides whether they are delivered or "
        "dropped.",
    )
    marketing_body_limit: int = count(
        BODY_LENGTH,
        least=1,
        text="How many characters the body of a marketing template may have: 1,024 as Meta's pages print, or "
        "550 as several providers do.",
    )
    words_per_variable: int = count(
        WORDS_PER_VARIABLE[0],
        least=WORDS_PER_VARIABLE[0],
        most=WORDS_PER_VARIABLE[1],
        text="How many words the body of a template needs for each variable, and one more (2388293): from 2, "
        "as several providers print, to 7, what a team measured.",
    )
    header_handles: str = choice(
        "any",
        "uploaded",
        text="Which handles a header's sample may have: `any` text of their form; `uploaded`: one that "
        "an upload to this sandbox ended with, as on the platform (2494102). An address is none "
        "(2388273).",
    )
    authentication_templates: str = choice(
        "any",
        "verified",
        text="Which businesses may create authentication templates: `any`; `verified` ones, as on the "
        "platform (2388185).",
    )
    otp_labels: str = choice(
        "fixed",
        "any",
        text="Which labels an OTP button may have: `fixed`: the platform's own, as providers report; "
        "`any`, as Meta's page says.",
    )
    review_after: timedelta = duration(
        timedelta(minutes=5),
        text="How long the review of a template takes under `after` and `content`.",
    )
    appeal_after: timedelta = duration(
        timedelta(hours=24),
        text="How long the appeal of a template takes; the platform promises a day at most.",
    )
    auto_archival: bool = flag(
        True,
        text="Whether templates that were not used for twelve months are archived, as they are on the "
        "platform.",
    )
    utility_abuse: str = choice(
        "by_hand",
        "counted",
        text="How an account is treated whose utility templates are marketing: `by_hand`: as a user "
        "decides; `counted`: every fifth such template within 30 days is a step towards a "
        "restriction.",
    )
    utility_cap: int = count(
        250,
        text="How many utility messages an account may send in 24 hours while it is rate limited for utility "
        "template abuse.",
    )
    marketing_sync: timedelta = duration(
        timedelta(0),
        text="How long `marketing_messages` refuses a template that is new or changed, with 134101; on the "
        "platform up to ten minutes.",
    )
    limits: Policies = field(
        default_factory=Policies,
        metadata={
            KIND: _POLICIES,
            TEXT: "The policy of each limit by name: `on` while the clock runs, `always` in a frozen instant "
            "too, `off` never; a whole number is the limit itself, always enforced.",
        },
    )
    messaging_limit_errors: str = choice(
        "async",
        "sync",
        text="How a message beyond the messaging limit fails: `async`: in a `failed` status; `sync`: "
        "in the answer.",
    )
    tier_after: timedelta = duration(
        timedelta(hours=6),
        text="How long after it was earned a higher messaging limit is given; on the platform within six "
        "hours.",
    )
    throughput_after: timedelta = duration(
        timedelta(hours=12),
        text="How long after it was earned a higher throughput is given; on the platform within twelve "
        "hours.",
    )
    maintenance: timedelta = duration(
        timedelta(minutes=1),
        text="How long a number cannot send (131057) while its throughput is raised; on the platform up to a "
        "minute.",
    )
    webhook_order: str = choice(
        "platform",
        "ordered",
        text="What becomes of webhooks behind one that has failed: `platform`: they overtake it; "
        "`ordered`: later ones about the same person wait until it is delivered or given up.",
    )
    webhook_timeout: timedelta = duration(
        timedelta(seconds=10),
        text="How long an attempt to deliver a webhook may take in all, in real time, before it counts as "
        "failed.",
    )
    media_timeout: timedelta = duration(
        timedelta(seconds=10),
        text="How long the download of a media link may take in all, in real time, before it has failed.",
    )
    keep_journal: int = count(
        500_000,
        least=1,
        text="How many entries of the journal are kept, the newest; older ones are dropped, 250 at a time.",
    )
    keep_deliveries: int = count(
        200_000,
        least=1,
        text="How many webhooks are kept with their bodies and attempts, the newest; older ones that are "
        "delivered or given up are dropped, 250 at a time. Those that wait are always kept.",
    )
    http_statuses: Mapping[int, int] = field(
        default_factory=dict,
        metadata={
            KIND: _STATUSES,
            TEXT: "The HTTP status of an error code by code, where sources disagree and the team knows what "
            "its account gets.",
        },
    )

    def __post_init__(self) -> None:
        """Raise :class:`ValueError` for a status that no source reports."""
        for code, status in self.http_statuses.items():
            if code not in DISPUTED:
                known = ", ".join(map(str, DISPUTED))
                raise ValueError(f"the HTTP status of {code} is not disputed; those of {known} are")
            if status not in DISPUTED[code]:
                known = " or ".join(map(str, DISPUTED[code]))
                raise ValueError(f"{code} is answered with {known}; got {status!r}")

    def http_status(self, code: int, usual: int) -> int:
        """Find the HTTP status that error ``code`` is answered with in this sandbox.

        ``usual`` is the catalogue's; it stays unless ``http_statuses`` names the code.
        """
        return self.http_statuses.get(code, usual)

    def changed(self, **values: Any) -> Settings:
        """Copy the settings with some of them replaced, given as Python values.

        Raises :class:`ValueError` as the class does; :func:`from_json` reads them from JSON instead.
        """
        return replace(self, **values)


KINDS: Mapping[str, FactType] = {each.name: each.metadata[KIND] for each in fields(Settings)}
"""The type of each setting, by name, in the order of the fields."""
NAMES = tuple(KINDS)
TEXTS: Mapping[str, str] = {each.name: each.metadata[TEXT] for each in fields(Settings)}
"""What each setting decides, by name, as text with names and words in backticks."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    name: tuple(kind.schema["enum"]) for name, kind in KINDS.items() if "enum" in kind.schema
}
"""The words of each setting that is one of a few."""


def schema(name: str) -> dict[str, Any]:
    """Build the JSON Schema of a setting as documents print it: its type, and what it decides.

    The unit or the range of its values, where the type names one, stands at the end of the description.
    """
    made = dict(KINDS[name].schema)
    unit = made.get("description")
    return made | {"description": f"{TEXTS[name]} ({unit})" if unit else TEXTS[name]}


def as_json(settings: Settings) -> dict[str, object]:
    """Write all settings as JSON: durations in seconds, HTTP statuses by code as a string.

    :func:`from_json` reads it back.
    """
    return {
        name: value if kind.show is None else kind.show(value)
        for name, kind in KINDS.items()
        for value in (getattr(settings, name),)
    }


def from_json(values: Mapping[str, Any], usual: Settings | None = None) -> Settings:
    """Read some settings from JSON; the others stay as in ``usual``, by default the defaults.

    Raises :class:`ValueError` for a name that is no setting, and for a value that the setting does not take.
    """
    given: dict[str, Any] = {}
    for name, value in values.items():
        if name not in KINDS:
            meant = did_you_mean(name, NAMES)
            raise ValueError(f"there is no setting {name!r}{meant}; there are {', '.join(NAMES)}")
        given[name] = KINDS[name].read(name, value)
    return replace(usual or Settings(), **given)
