"""Senders of another process, who go on until it is gone."""

from __future__ import annotations

from threading import Event, Thread

import requests

from kit.command_line import LIMIT, client, post_text, wamid_of

SENDERS = 4


class Flood:
    """Threads that send as fast as they can until the server is gone; remembers what was answered."""

    def __init__(self, url: str, enough: int) -> None:
        self._url, self._enough = url, enough
        self.answered: list[str] = []
        self.refused: list[int] = []
        self.flowing = Event()
        self._threads = [Thread(target=self._send, args=(number,)) for number in range(SENDERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(LIMIT)
            assert not thread.is_alive()

    def _send(self, number: int) -> None:
        with client() as session:
            for count in range(1_000_000):
                try:
                    answer = post_text(session, self._url, f"{number}: {count}")
                except requests.RequestException:
                    return
                if answer.status_code == 200:
                    self.answered.append(wamid_of(answer))
                else:
                    self.refused.append(answer.status_code)
                if len(self.answered) >= self._enough:
                    self.flowing.set()
