"""Publishing again after a small change: against dumb-pypi, which then rebuilds in part."""

import json

from . import bars
from .processes import must
from .rounds import Rounds, wall

RECORDS = 520_000
#: What changes in each step of a round: the list that is published then, and whether the title is
#: another one. The last list is the one that the next round begins with.
CHANGES = {
    "one file more": ("more", False),
    "one file less": ("base", False),
    "one project less": ("less", False),
    "one project more": ("base", False),
    "nothing": ("base", False),
    "another title": ("base", True),
}


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    folder = bench.folder / "incremental"
    folder.mkdir()
    lists = make_lists(bench, folder)
    sides = [Larder(bench, folder, lists), DumbPyPI(bench, folder, lists)]
    cases = {}
    for side in sides:
        must(side.command("base"))
        for change in CHANGES:
            cases[f"{side.name}, {change}"] = lambda s=side, c=change: s.publish(c)
    rounds = Rounds()
    rounds.measure(bench.rounds, cases)
    table = bench.report.ratios(f"Publishing {RECORDS:,} files again, complete tree, on tmpfs, wall")
    work = bench.report.table("What Larder did", ["change", "projects rendered", "pages written"])
    for change in CHANGES:
        bar = bars.INCREMENTAL.get(change, bars.NO_MORE_IS_BETTER)
        ours, theirs = (f"{side.name}, {change}" for side in sides)
        table.compare(change, bar, rounds, ours, theirs, wall)
        work.add(change, *sides[0].work[change])
    must(["rm", "-rf", folder])


def make_lists(bench, folder):
    """The list that all begins with, and what it is changed to."""
    base = bench.tools.make_list(folder / "base.txt", RECORDS)
    names = base.read_text().splitlines()
    project = names[len(names) // 2].split("-")[0] + "-"
    changed = {
        "more": [*names, "published_just_now-1.0.tar.gz"],
        "less": [name for name in names if not name.startswith(project)],
    }
    for name, lines in changed.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines))
    return {name: folder / f"{name}.txt" for name in ("base", *changed)}


class Side:
    """A program that publishes to a folder of its own."""

    def __init__(self, bench, folder, lists):
        self.bench, self.folder, self.lists = bench, folder, lists
        self.published, self.titles = None, 0

    def publish(self, change):
        target, is_titled = CHANGES[change]
        self.titles += is_titled
        return self.bench.meter.run(self.command(target, is_titled))


class Larder(Side):
    name = "Larder"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.report, self.work = self.folder / "report.json", {}

    def command(self, target, is_titled=False):
        pipeline = self.folder / "pipeline.json"
        pipeline.write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": [{"type": "file", "path": str(self.lists[target])}],
                    "render": {"packages_url": "../../pool/", "title": f"Title {self.titles}"},
                    "sinks": [{"type": "filesystem", "path": "larder"}],
                }
            )
        )
        return [self.bench.tools.larder, "run", pipeline, "--quiet", "--report", self.report]

    def publish(self, change):
        sample = super().publish(change)
        said = json.loads(self.report.read_text())
        [sink] = said["sinks"]
        rendered = sum(stage["in"] for stage in said["stages"] if stage["kind"] == "render")
        self.work[change] = (f"{rendered:,}", f"{sink['added'] + sink['changed']:,}")
        return sample


class DumbPyPI(Side):
    name = "dumb-pypi"

    def command(self, target, is_titled=False):
        before, self.published = self.published, self.lists[target]
        command = self.bench.tools.run_dumb_pypi(self.published, self.folder / "dumb-pypi")
        command += ["--title", f"Title {self.titles}"]
        # It compares lists only: another title needs a full build.
        return command if is_titled or not before else [*command, "--previous-package-list", before]
