"""Seeds with several apps, portfolios and WABAs, and what names them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emulator import SeedError
from emulator.domain.accounts.portfolios import VERIFIED
from emulator.sandbox.seeds import lookup, named
from emulator.sandbox.seeds.accounts import PORTFOLIO_ID
from emulator.sandbox.seeds.files import read_text
from emulator.sandbox.seeds.seed import Seed

SMALLEST = """\
app: {access_token: A-TOKEN}
waba: {}
numbers:
  - {number: "+1 650 555 0100"}
people:
  - {number: "+1 650 555 1234", name: Sheena}
"""
WHOLE = """\
app: {id: "70001", access_token: A-TOKEN, wabas: [Retail, Wholesale]}
apps:
  - {id: "70002", name: Other App, access_token: B-TOKEN, wabas: ["10003"]}
portfolio: {id: "50001", name: Shrubs}
portfolios:
  - {id: "50002", name: Bakery, verified: true}
waba: {id: "10001", name: Retail}
wabas:
  - {id: "10002", name: Wholesale, portfolio: Shrubs}
  - {id: "10003", name: Bread, portfolio: "50002"}
numbers:
  - {number: "+1 650 555 0100"}
  - {number: "+1 650 555 0101", waba: Wholesale}
  - {number: "+1 650 555 0102", waba: 10003}
templates:
  - name: hello
    language: en_US
    category: UTILITY
    components: [{type: BODY, text: Hello and welcome to our little shop!}]
  - name: hello
    language: en_US
    waba: Bread
    category: MARKETING
    components: [{type: BODY, text: Hello and welcome to our bakery!}]
tokens:
  - {token: C-TOKEN}
  - {token: D-TOKEN, app: Other App}
"""


def read(text: str, sandbox: str = "default") -> Seed:
    return lookup.from_spot(read_text(text, "seed.yaml"), sandbox)


def test_a_seed_may_have_several_of_each() -> None:
    """The single one is the first, and those of the list follow."""
    seed = read(WHOLE)

    assert [app.id for app in seed.apps] == ["70001", "70002"]
    assert [(each.id, each.verification) for each in seed.portfolios] == [
        ("50001", "not_verified"),
        ("50002", VERIFIED),
    ]
    assert [(waba.id, waba.portfolio_id) for waba in seed.wabas] == [
        ("10001", "50001"),
        ("10002", "50001"),
        ("10003", "50002"),
    ]


def test_what_belongs_to_one_names_it_by_its_id_or_its_name() -> None:
    """And belongs to the first one where it names none."""
    seed = read(WHOLE)

    assert [number.waba_id for number in seed.numbers] == ["10001", "10002", "10003"]
    assert [number.verified_name for number in seed.numbers] == ["Retail", "Wholesale", "Bread"]
    assert [(each.name, each.waba_id) for each in seed.templates] == [("hello", "10001"), ("hello", "10003")]
    assert [(token.text, token.app_id) for token in seed.tokens] == [
        ("A-TOKEN", "70001"),
        ("B-TOKEN", "70002"),
        ("C-TOKEN", "70001"),
        ("D-TOKEN", "70002"),
    ]


def test_an_app_listens_to_the_wabas_that_it_names() -> None:
    """One that names none listens to all."""
    seed, of_all = read(WHOLE), read(WHOLE.replace(", wabas: [Retail, Wholesale]", ""))

    assert [(each.waba_id, each.app_id) for each in seed.subscribed] == [
        ("10001", "70001"),
        ("10002", "70001"),
        ("10003", "70002"),
    ]
    assert [each.waba_id for each in of_all.subscribed if each.app_id == "70001"] == [
        "10001",
        "10002",
        "10003",
    ]


def test_a_list_stands_for_the_single_one_too() -> None:
    """What a seed means does not depend on which of both it writes."""
    listed = (
        SMALLEST.replace("app: {access_token: A-TOKEN}", "apps: [{access_token: A-TOKEN}]")
        .replace("waba: {}", "wabas: [{}]")
        .replace("numbers:", "portfolios: [{}]\nnumbers:")
    )

    assert read(listed) == read(SMALLEST)


def test_one_more_of_a_kind_changes_no_other_id() -> None:
    """Ids that are left out are made apart for the second and every further one."""
    more = SMALLEST + (
        "apps: [{access_token: B-TOKEN}, {access_token: C-TOKEN}]\nportfolios: [{}, {}]\nwabas: [{}, {}]\n"
    )
    before, after = read(SMALLEST), read(more.replace("people:", "portfolio: {}\npeople:"))

    assert (after.apps[:1], after.wabas[:1]) == (before.apps, before.wabas)
    assert (after.portfolios[0].id, before.portfolios[0].id) == (PORTFOLIO_ID, PORTFOLIO_ID)
    assert (after.numbers, after.people) == (before.numbers, before.people)
    for made in (after.apps, after.portfolios, after.wabas):
        assert len({each.id for each in made}) == 3
    assert len({app.secret for app in after.apps}) == 3
    assert len({waba.namespace for waba in after.wabas}) == 3


def test_another_sandbox_has_ids_of_its_own() -> None:
    """And what is named by an id is found all the same."""
    seed, other = read(WHOLE), read(WHOLE, "other")
    ids = [
        {app.id for app in made.apps}
        | {portfolio.id for portfolio in made.portfolios}
        | {waba.id for waba in made.wabas}
        for made in (seed, other)
    ]

    assert not ids[0] & ids[1]
    assert other.numbers[2].waba_id == other.wabas[2].id
    assert [app.waba_ids for app in other.apps] == [
        (other.wabas[0].id, other.wabas[1].id),
        (other.wabas[2].id,),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "why"),
    [
        (
            "waba: Wholesale}",
            "waba: Retial}",
            13,
            "numbers[1].waba",
            "there is no WABA 'Retial'; there are Retail (10001), Wholesale (10002), Bread (10003)",
        ),
        ("waba: Wholesale}", "waba: [x]}", 13, "numbers[1].waba", "expected the id or the name of a WABA"),
        ("waba: Bread", "waba: true", 22, "templates[1].waba", "expected the id or the name of a WABA"),
        (
            "portfolio: Shrubs",
            "portfolio: Shrub",
            9,
            "wabas[0].portfolio",
            "there is no portfolio 'Shrub'; there are Shrubs (50001), Bakery (50002)",
        ),
        ("name: Bakery", "name: Shrubs", 9, "wabas[0].portfolio", "2 have the name 'Shrubs'; write the id"),
        ("app: Other App", "app: Others", 27, "tokens[1].app", "there is no app 'Others'; there are"),
        ('wabas: ["10003"]', 'wabas: ["1"]', 3, "apps[0].wabas[0]", "there is no WABA '1'; there are"),
        ('id: "70002"', 'id: "70001"', 3, "apps[0].id", "the id 70001 is taken by another app"),
        ('id: "50002"', 'id: "50001"', 6, "portfolios[0].id", "the id 50001 is taken by another portfolio"),
        ('id: "10002"', 'id: "10001"', 9, "wabas[0].id", "the id 10001 is taken by another WABA"),
        ("B-TOKEN", "A-TOKEN", 3, "apps[0].access_token", "this token stands twice"),
        ("D-TOKEN", "B-TOKEN", 27, "tokens[1].token", "this token stands twice"),
        ("access_token: B-TOKEN, ", "", 3, "apps[0]", "access_token is missing"),
        ("waba: Bread\n", "waba: Retail\n", 20, "templates[1].name", "hello stands twice in en_US"),
        ('{id: "50002", name', '{id: "50002", nmae', 6, "portfolios[0].nmae", "did you mean name?"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, field: str, why: str) -> None:
    assert WHOLE.count(old) == 1

    with pytest.raises(SeedError) as refused:
        read(WHOLE.replace(old, new))

    assert (refused.value.line, refused.value.field) == (line, field)
    assert why in refused.value.why


@pytest.mark.parametrize("missing", ["app", "waba"])
def test_a_seed_needs_at_least_one(missing: str) -> None:
    """Of apps and of WABAs; an empty list is none."""
    lines = [line for line in SMALLEST.splitlines() if not line.startswith(f"{missing}:")]

    with pytest.raises(SeedError, match=f"{missing} is missing"):
        read("\n".join([*lines, f"{missing}s: []"]))


def test_the_seeds_that_come_along_have_one_of_each() -> None:
    """And go on meaning what they meant."""
    for name in named.names():
        seed = lookup.read(name)
        assert (len(seed.apps), len(seed.portfolios), len(seed.wabas)) == (1, 1, 1)
        assert seed.apps[0].waba_ids == ()


GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-seed.md"


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL))
def test_the_seeds_of_the_guide_can_be_read(example: str) -> None:
    """And have several WABAs, as it says."""
    assert len(read(example).wabas) == 2
