"""Runs `larder verify`, and plants damages for it to find."""

import json
import os
import random
import subprocess
from dataclasses import dataclass, field


@dataclass
class Verified:
    """What one run found."""

    status: int
    findings: list
    summary: dict
    stderr: str

    @property
    def errors(self):
        return [finding for finding in self.findings if finding["level"] == "error"]

    @property
    def codes(self):
        return {finding["code"] for finding in self.findings}

    def names(self, key):
        """Whether an error says what is damaged."""
        return any(key in finding["path"] or key in finding["msg"] for finding in self.errors)


@dataclass
class Verifier:
    larder: object
    variables: dict = field(default_factory=dict)

    def start(self, target, *flags):
        return subprocess.run(
            [self.larder.binary, "verify", target, *flags], capture_output=True, text=True,
            timeout=120, env={**os.environ, **self.variables},
        )

    def __call__(self, target, *flags):
        done = self.start(target, "--format", "json", *flags)
        *findings, summary = [json.loads(line) for line in done.stdout.splitlines()] or [{}]
        return Verified(done.returncode, findings, summary, done.stderr)


def plant(count, seed, draw, kinds, readable, look):
    """Plants damages one after another; each must be found and named."""
    random_ = random.Random(seed)
    damages = draw(random_)
    missed = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        key, damage = getattr(damages, kind)(readable)
        with damage:
            found = look()
        if found.status != 1 or not found.names(key):
            missed.append((number, kind, key, found))
    assert not missed, f"{len(missed)} of {count}: {missed[:3]}"
