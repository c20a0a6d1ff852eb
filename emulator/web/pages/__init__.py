"""The page of the emulator: the shell of every view, its modules and styles, and what ``GET /`` answers.

The server gives a shell without data; everything in it comes through the control API, which a module in the
browser calls. So the page can do nothing that the control API does not offer.
"""

from emulator.web.pages.app import answer

__all__ = ["answer"]
