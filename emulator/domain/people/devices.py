"""The devices people write on; each makes ids of a form of its own."""

from __future__ import annotations

ANDROID, IOS, WEB, DESKTOP = "android", "ios", "web", "desktop"
DEVICES = (ANDROID, IOS, WEB, DESKTOP)
