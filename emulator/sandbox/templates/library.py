"""The template library: what is in it, and templates made from it."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from emulator.domain.templates.editor.library import LibraryRequest, LibraryTemplate, draft_from_library
from emulator.sandbox.templates.service import TemplateLifecycle
from emulator.sandbox.templates.submission import Submitted

LANGUAGES = ("en", "en_US")
"""The languages the library is offered in here, all with the same English texts."""
_DATA = Path(__file__).with_name("library.yaml")


class Library:
    """The platform's library of templates, the same for every account.

    In English, where the platform has more languages.
    """

    def __init__(self, lifecycle: TemplateLifecycle) -> None:
        self._lifecycle = lifecycle

    def templates(self) -> tuple[LibraryTemplate, ...]:
        """List everything in the library, in the order of the data, a language after the other.

        The data are read once a process. The texts are offered in English only.
        """
        return _contents()

    def create(self, waba_id: str, request: LibraryRequest) -> Submitted:
        """Create a template of a WABA from the library; it is approved at once.

        Raises what the platform answers when the library has none of that name and language, and the refusals
        of the editor.
        """
        return self._lifecycle.submit(waba_id, draft_from_library(request, self.templates()))

    def check(self, waba_id: str, request: LibraryRequest) -> str | None:
        """Judge what :meth:`create` would make, and store nothing; returns a warning, raises as that does."""
        return self._lifecycle.submission.check(waba_id, draft_from_library(request, self.templates()))


@cache
def _contents() -> tuple[LibraryTemplate, ...]:
    import yaml  # which takes long, and few sandboxes use the library

    entries = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return tuple(_template(entry, language) for language in LANGUAGES for entry in entries)


def _template(entry: dict[str, Any], language: str) -> LibraryTemplate:
    parameters = entry.get("parameters", ())
    return LibraryTemplate(
        id=entry.get("ids", {}).get(language) or _id(entry["name"], language),
        name=entry["name"],
        language=language,
        category="UTILITY",
        topic=entry["topic"],
        usecase=entry["usecase"],
        industry=tuple(entry["industry"]),
        body=entry["body"],
        body_params=tuple(sample for _, sample in parameters),
        body_param_types=tuple(kind for kind, _ in parameters),
        header=entry.get("header"),
        buttons=tuple(entry.get("buttons", ())),
    )


def _id(name: str, language: str) -> str:
    """An id where that of the platform is not known: the same everywhere and always."""
    number = int.from_bytes(blake2b(f"{name}/{language}".encode(), digest_size=8).digest())
    return f"7{number % 10**15:015}"
