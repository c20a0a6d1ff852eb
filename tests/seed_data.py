"""Write anew what stands beside the seeds in ``fixtures/seeds``, and what is known of their phone numbers.

Each seed is judged first. A start takes the images and reads no seed; from what was compiled the seeds are
read without YAML, and by the third a start needs no library of phone numbers.
``make seeds`` runs it, after a change of a seed.
"""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from emulator.domain import known_numbers, phones
from emulator.sandbox.seeds import files, filling, lookup, named
from emulator.sandbox.seeds.prepared import compiled, images
from emulator.sandbox.seeds.prepared.images import Image
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.database.whole_rows import rows_of


def numbers_of_seeds() -> dict[str, tuple[str, str, str]]:
    """Look up every number of the seeds, of businesses and of people, in the library of phone numbers."""
    seeds = [lookup.read(name) for name in named.names()]
    digits = {each.digits for seed in seeds for each in seed.numbers}
    digits |= {each.wa_id for seed in seeds for each in seed.people}
    with patch.object(phones, "KNOWN_NUMBERS", {}):
        return {each: _looked_up(each) for each in sorted(digits)}


def _looked_up(digits: str) -> tuple[str, str, str]:
    """What stands in the table of known numbers of one number."""
    country, shown = phones.country_of.__wrapped__(digits), phones.displayed.__wrapped__(digits)
    return country, phones.dial_code.__wrapped__(digits) or "", shown


def image_of(name: str, *, at_once: bool) -> Image:
    """Take the image of a seed as it is read for the sandbox called ``default``."""
    seed, database = lookup.read(name, at_once=at_once), Database()
    try:
        with database.transaction():
            filling.fill(Store(database), seed)
        return Image(rows_of(database), filling.relative_people(seed))
    finally:
        database.close()


def write_numbers() -> None:
    """Replace the rows of the table of known numbers."""
    file = Path(known_numbers.__file__)
    head, begin, _ = file.read_text(encoding="utf-8").partition("= {\n")
    rows = [
        f'    "{digits}": ("{country}", "{code}", "{shown}"),\n'
        for digits, (country, code, shown) in numbers_of_seeds().items()
    ]
    file.write_text(f"{head}{begin}{''.join(rows)}}}\n", encoding="utf-8")


if __name__ == "__main__":
    for name in named.names():
        file = named.find(name)
        root = files.read_file(file)
        lookup.from_spot(root)
        compiled.write(file, root)
        images.write(file, image_of(name, at_once=False), image_of(name, at_once=True))
    write_numbers()
