"""Keeps one of each server for a whole session, started when it is first asked for."""

from contextlib import ExitStack
from pathlib import Path

from support.distributions import Pool


class Origins:
    def __init__(self, pool: Pool, folder: Path, stack: ExitStack):
        self.pool = pool
        self._folder = folder
        self._stack = stack
        self._running = {}

    def url(self, serve):
        """The URL of a server, without a slash."""
        if serve not in self._running:
            state = self._folder / f"{len(self._running)}"
            state.mkdir()
            self._running[serve] = self._stack.enter_context(serve(self.pool, state)), state
        return self._running[serve][0]

    def said(self, serve):
        """What a server that runs has written to its standard streams."""
        return (self._running[serve][1] / "stderr").read_text()
