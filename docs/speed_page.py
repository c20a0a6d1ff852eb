"""The page about speed: the table is made from a run of ``make bench``, whose figures are kept beside it."""

from __future__ import annotations

from pathlib import Path

from kit.figures import Run, in_markdown, lines

FIGURES = Path(__file__).parents[1] / "tests" / "benchmarks" / "figures.json"

_INTRODUCTION = """
What the emulator costs, measured beside something else in one run: a ratio holds on any machine, a figure alone does
not. `make bench FILE=tests/benchmarks/figures.json` measures it, and `make docs` makes this table of it. Each figure is
the least of several rounds in which what is compared has its turn, mostly of CPU time. `make bench BEFORE=../old` sets
those of another checkout beside.
"""

_REST = """
## What it depends on

- **What is stored.** Every question to the store is asked with a thousand and with a hundred thousand rows in each table;
  those that take longer are named in `tests/benchmarks/test_store_slopes.py`, with the reason. A list of the control API
  is read page by page (`limit`, `after`), and a page costs the same anywhere.
  What is left: where a page of a database in memory is split among others, the next commit of SQLite looks at every page,
  about a millisecond for 100 MB. That happens at 4 % of the events of an advance.
- **How long it runs.** The journal and the webhooks of a sandbox are bounded (`keep_journal`, `keep_deliveries`); the
  oldest are dropped 250 at a time, which costs 0.7 µs for each entry and 1.7 µs for each webhook once the bound is
  reached. Messages are kept until a reset: they are the state.
- **The machine.** The table is from a slow one, which was not quiet. On one twice to three times as fast the same advance came
  to 14,700 events a second, and to 5,100 webhooks to a function; an empty test took 1.8 ms. Ratios differ, too, where much
  memory is touched: the whole life of a send costs 7 constants while nothing else runs on the processor, and 10 on a busy one.
- **Threads.** Python runs one thread of a process at a time, and SQLite lets go of that turn at every statement, so that
  two threads that send are slower than one. Two processes are about twice as fast as one: give each worker of
  pytest-xdist its own sandbox in its own process (the fixture does), and a server for each group of clients.
- **Where webhooks go.** To a function they cost a fraction of what they cost over HTTP; in process, without a socket, a
  send costs a part of what it costs over HTTP.
- **Snapshots.** While one is written, others go on: the lock is held for some 4 ms at a time. Of a sandbox in memory that is
  written to all the time, SQLite begins the copy anew at each write; after three times it is copied at once, which takes
  half a second for 300 MB. A restore is judged before anything waits for it, and then copied at once.

`make profile` shows where the time of a send goes, by layer.
"""


def speed(made: str) -> str:
    """The table of every figure with its goal, when and on what it was measured, and what it depends on."""
    run = Run.read(FIGURES)
    when = f"Measured on {run.on.day} {run.on:%B %Y}, with Python {run.python} and SQLite {run.sqlite}."
    parts = [
        "# Speed\n",
        made,
        _INTRODUCTION.strip() + "\n",
        when + "\n",
        in_markdown(lines(run)),
        _REST.strip() + "\n",
    ]
    return "\n".join(parts)
