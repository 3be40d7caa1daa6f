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
    files, generation = (Larder(bench, folder, lists, mode) for mode in ("files", "generation"))
    peer = DumbPyPI(bench, folder, lists)
    rounds = Rounds()
    # All three trees at once would be more files than a tmpfs may have.
    for sides in [files, peer], [generation]:
        cases = {}
        for side in sides:
            must(side.command("base"))
            for change in CHANGES:
                cases[f"{side.name}, {change}"] = lambda s=side, c=change: s.publish(c)
        rounds.measure(bench.rounds, cases)
        must(["rm", "-rf", *(folder / side.name for side in sides)])
    table = bench.report.ratios(f"Publishing {RECORDS:,} files again, complete tree, on tmpfs, wall")
    work = bench.report.table("What Larder did", ["change", "pages rendered", "pages written"])
    for change in CHANGES:
        theirs = f"{peer.name}, {change}"
        for side, bar in (
            (files, bars.INCREMENTAL.get(change, bars.NO_MORE_IS_BETTER)),
            (generation, bars.NO_MORE_IS_BETTER),
        ):
            table.compare(
                f"{change}, mode {side.mode}", bar, rounds, f"{side.name}, {change}", theirs, wall
            )
        work.add(change, *files.work[change])
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
    def __init__(self, bench, folder, lists, mode):
        super().__init__(bench, folder, lists)
        self.name, self.mode = f"Larder, {mode}", mode
        self.report, self.work = self.folder / "report.json", {}

    def command(self, target, is_titled=False):
        pipeline = self.folder / f"{self.mode}.json"
        pipeline.write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": [{"type": "file", "path": str(self.lists[target])}],
                    "render": {"packages_url": "../../pool/", "title": f"Title {self.titles}"},
                    "sinks": [{"type": "filesystem", "path": self.name, "mode": self.mode}],
                }
            )
        )
        return [self.bench.tools.larder, "run", pipeline, "--quiet", "--report", self.report]

    def publish(self, change):
        sample = super().publish(change)
        said = json.loads(self.report.read_text())
        [sink] = said["sinks"]
        rendered = sum(stage["out"] for stage in said["stages"] if stage["kind"] == "render")
        self.work[change] = (f"{rendered:,}", f"{sink['added'] + sink['changed']:,}")
        return sample


class DumbPyPI(Side):
    name = "dumb-pypi"

    def command(self, target, is_titled=False):
        before, self.published = self.published, self.lists[target]
        command = self.bench.tools.run_dumb_pypi(self.published, self.folder / self.name)
        command += ["--title", f"Title {self.titles}"]
        # It compares lists only: another title needs a full build.
        return command if is_titled or not before else [*command, "--previous-package-list", before]
