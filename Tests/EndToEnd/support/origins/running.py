"""Keeps one of each server for a whole session, started when it is first asked for."""

from contextlib import ExitStack
from pathlib import Path

from support.distributions import Pool


class Origins:
    def __init__(self, pool: Pool, folder: Path, stack: ExitStack):
        self.pool = pool
        self._folder = folder
        self._stack = stack
        self._urls = {}

    def url(self, serve):
        """The URL of a server, without a slash."""
        if serve not in self._urls:
            state = self._folder / f"{len(self._urls)}"
            state.mkdir()
            self._urls[serve] = self._stack.enter_context(serve(self.pool, state))
        return self._urls[serve]
