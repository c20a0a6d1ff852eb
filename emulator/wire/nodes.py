"""Graph nodes built of facts: every field a node type has, ``None`` where it has no value here.

Field lists: Meta's SDK specification (April 2026) and recorded answers. A field that stands here with
``None`` is known and left out of answers; one that does not stand here is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.accounts.wabas import Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.masking import masked
from emulator.domain.media import Media
from emulator.domain.phones import country_of, dial_code, displayed
from emulator.domain.pricing.authentication_international import as_json as eligibility_as_json

NUMBER = "WhatsAppBusinessPhoneNumber"
WABA = "WhatsAppBusinessAccount"
APP = "Application"
PORTFOLIO = "Business"
MEDIA = "WhatsAppBusinessMedia"
UPLOAD = "ResumableUpload"

NUMBER_DEFAULT_FIELDS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "webhook_configuration",
    "last_onboarded_time",
)
"""The fields of a number in an answer to a call without ``fields``, in order."""
WABA_DEFAULT_FIELDS = ("id", "name", "timezone_id", "message_template_namespace")
"""The fields of a WABA in an answer to a call without ``fields``, in order."""
MEDIA_DEFAULT_FIELDS = ("url", "mime_type", "sha256", "file_size", "id", "messaging_product")
PORTFOLIO_DEFAULT_FIELDS = ("id", "name")
APP_DEFAULT_FIELDS = ("category", "link", "name")


def _unset(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names)


def number(
    facts: BusinessNumber,
    subscription: Subscription | None,
    subscribed: SubscribedApp | None,
    *,
    tier: Tier,
    health: Mapping[str, Any],
    major: int,
) -> dict[str, Any]:
    """Build the node of a business phone number.

    ``subscription`` is its app's and ``subscribed`` the WABA's link to that app: with the number's own they
    give the ``webhook_configuration``. ``tier`` is its portfolio's messaging limit, ``health`` the value of
    ``health_status``, and ``major`` the version of the call, which names tiers (24).
    """
    webhooks = {
        "phone_number": masked(facts.override_url),
        "whatsapp_business_account": subscribed and masked(subscribed.override_url),
        "application": subscription and masked(subscription.callback_url),
    }
    live = not facts.is_test
    return _unset(
        "certificate",
        "new_certificate",
        "conversational_automation",
        "username",
        "is_preverified_number",
    ) | {
        "id": facts.id,
        "verified_name": facts.verified_name,
        "display_phone_number": displayed(facts.digits),
        "code_verification_status": "VERIFIED" if live else "NOT_VERIFIED",
        "quality_rating": facts.quality_rating,
        "quality_score": {"score": facts.quality_rating},
        "platform_type": "CLOUD_API",
        "throughput": {"level": facts.throughput},
        "health_status": health,
        "webhook_configuration": {k: v for k, v in webhooks.items() if v} or None,
        "last_onboarded_time": "2024-01-01T00:00:00+0000",
        "status": facts.state,
        "name_status": facts.name_status,
        "new_name_status": facts.new_name_status,
        "account_mode": "LIVE" if live else "SANDBOX",
        "messaging_limit_tier": tier.named(major),
        "whatsapp_business_manager_messaging_limit": str(tier),
        "is_official_business_account": False,
        "official_business_account": {"oba_status": "NOT_STARTED"},
        "is_on_biz_app": facts.on_business_app,
        "is_pin_enabled": True,
        "search_visibility": "NON_VISIBLE",
        "eligibility_for_api_business_global_search": "NON_ELIGIBLE_VERIFIED_LEVEL",
        "country_code": country_of(facts.digits),
        "country_dial_code": dial_code(facts.digits),
    }


def waba(
    facts: Waba,
    portfolio: Portfolio | None,
    *,
    marketing_off: bool,
    auto_archival: bool,
    health: Mapping[str, Any],
) -> dict[str, Any]:
    """Build the node of a WhatsApp Business Account, with its ``portfolio`` as owner.

    ``marketing_off`` says that ``messages`` takes no marketing templates, ``auto_archival`` that unused
    templates are archived; ``health`` is the value of ``health_status``.
    """
    owner = portfolio and {"id": portfolio.id, "name": portfolio.name}
    return _unset(
        "creation_time",
        "is_enabled_for_insights",
        "is_shared_with_partners",
        "linked_commerce_account",
        "marketing_messages_lite_api_status",
        "marketing_messages_onboarding_status",
        "on_behalf_of_business_info",
        "primary_funding_id",
        "purchase_order_number",
    ) | {
        "id": facts.id,
        "name": facts.name,
        "disable_marketing_messages_on_cloud_api": marketing_off,
        "template_auto_archival_enabled": auto_archival,
        "timezone_id": facts.timezone_id,
        "message_template_namespace": facts.namespace,
        "account_review_status": facts.review,
        "business_verification_status": portfolio and portfolio.verification,
        "health_status": health,
        "owner_business": owner,
        "owner_business_info": owner,
        "currency": facts.currency,
        "country": facts.country,
        "ownership_type": "SELF",
        "status": "ACTIVE",
        "primary_business_location": facts.primary_business_location,
        "auth_international_rate_eligibility": facts.authentication_abroad
        and eligibility_as_json(facts.authentication_abroad),
        "whatsapp_business_manager_messaging_limit": portfolio and str(portfolio.tier),
    }


def portfolio(facts: Portfolio) -> dict[str, Any]:
    """Build the node of a business portfolio, with its verification and its messaging limit.

    The fields that the emulator knows nothing of are there without a value, as in every node.
    """
    return _unset(
        "created_time",
        "link",
        "primary_page",
        "profile_picture_uri",
        "timezone_id",
        "two_factor_type",
        "updated_time",
        "vertical",
    ) | {
        "id": facts.id,
        "name": facts.name,
        "verification_status": facts.verification,
        "whatsapp_business_manager_messaging_limit": str(facts.tier),
    }


def media(facts: Media, url: str) -> dict[str, Any]:
    """Build the node of a media file with its download ``url``.

    ``file_size`` is a number of bytes, where the pages print a string (recorded October 2024).
    """
    return {
        "url": url,
        "mime_type": facts.mime_type,
        "sha256": facts.sha256,
        "file_size": facts.size,
        "id": facts.id,
        "messaging_product": "whatsapp",
    }


def app(facts: App) -> dict[str, Any]:
    """Build the node of a Meta app; only its id and its name are the seed's."""
    return {
        "id": facts.id,
        "name": facts.name,
        "category": "Business",
        "link": f"https://www.facebook.com/games/?app_id={facts.id}",
    }


def subscription(facts: Subscription) -> dict[str, Any]:
    """Build an entry of ``GET /{app_id}/subscriptions``: callback URL, and fields with their versions.

    Every subscription is shown as active, of the object ``whatsapp_business_account``.
    """
    return {
        "object": "whatsapp_business_account",
        "callback_url": masked(facts.callback_url),
        "active": True,
        "fields": [{"name": name, "version": version} for name, version in facts.fields],
    }


def subscribed_app(facts: SubscribedApp, application: App) -> dict[str, Any]:
    """Build an entry of ``GET /{waba_id}/subscribed_apps``.

    It shows the app and, where the WABA has set one, the ``override_callback_uri`` that replaces the app's
    own URL.
    """
    shown = app(application)
    entry: dict[str, Any] = {
        "whatsapp_business_api_data": {key: shown[key] for key in ("id", "link", "name")}
    }
    return entry | ({"override_callback_uri": masked(facts.override_url)} if facts.override_url else {})
