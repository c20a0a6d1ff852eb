"""The page about addresses, made from the table of their classes."""

from __future__ import annotations

from emulator.sandbox.network.addresses import CLASSES, AddressClass, Permission

_INTRODUCTION = """
Webhooks, handshakes and downloads of media links, with every redirect of a download, go to this machine and to private
networks. Options of [`serve`](command-line.md#serve) let more, as do the arguments of `emulator.Emulator`:

- `--allow-public` (`allow_public=True`) lets public addresses.
- `--allow-host HOST` (`allow_hosts=["HOST"]`) lets one host, whatever its address. `HOST` stands as in the URL, a name or
  an address, and the option may be repeated. Only this lets link-local addresses.

What counts is the address. A name, or a number such as `http://134744072/`, is resolved first; each address it leads to
is judged, and the connection goes to one that was judged, without a second look-up. A refusal names the address, its
class and the option: in the attempt of a webhook, in the hint of a handshake that failed (2200), in the `details` of
131053, or at once where a URL is [connected](control-api.md).
"""
_LETS = {
    Permission.NONE: "always",
    Permission.PUBLIC: "`--allow-public` or `--allow-host`",
    Permission.NAMED: "`--allow-host`",
    Permission.NEVER: "never",
}
_CARRIED = """
The first class that holds an address judges it. An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is judged as that
IPv4 address. One that a gateway translates (NAT64, 6to4, Teredo) is public at least, and as strict as what it carries.
`0.0.0.0` is let because Linux and macOS connect to this machine then.

A link whose host is public is not fetched without an option: it is taken as good, and the journal says so. Names with a
public ending (`shop.example.com`) are not looked up for that; webhooks look every name up.
"""


def addresses(made: str) -> str:
    """A row a class: examples, when it is let, and why."""
    parts = [
        "# Addresses\n",
        made,
        _INTRODUCTION.strip() + "\n",
        "| class | such as | let | why |\n|---|---|---|---|",
    ]
    parts += map(_row, CLASSES)
    parts.append(_CARRIED)
    return "\n".join(parts)


def _row(each: AddressClass) -> str:
    examples = ", ".join(f"`{example}`" for example in each.examples)
    return f"| {each.name} | {examples} | {_LETS[each.permission]} | {each.why} |"
