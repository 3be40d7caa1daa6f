"""Full builds of one list: against dumb-pypi, the floor and tar."""

import os

from . import bars
from .grounds import Ext4, Tmpfs
from .processes import must
from .report import NOT_MEASURED
from .rounds import Rounds, cpu, floor_cpu, floor_wall, user, wall

PAGE_SETS = {"dumb-pypi": "dumb-pypi's pages", "complete": "complete tree"}


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    trees = {pages: _Tree(bench, pages) for pages in PAGE_SETS}
    for tree in trees.values():
        bench.report.note(f"Larder's tree, {PAGE_SETS[tree.pages]}: {tree.size}.")
    if "tmpfs" in bench.grounds:
        _measure(bench, Tmpfs(bench.folder), trees)
    obstacle = Ext4.obstacle() if "ext4" in bench.grounds else "not asked for"
    if obstacle is None:
        _measure(bench, Ext4(bench.folder, 6 << 30), trees)
    else:
        bench.report.note(f"Builds on ext4: {NOT_MEASURED} ({obstacle}).")
    for tree in trees.values():
        tree.remove()


class _Tree:
    """A tree that Larder made, for the floor and tar to make again."""

    def __init__(self, bench, pages):
        self.pages = pages
        self.path = bench.folder / f"reference-{pages}"
        self.archive = bench.folder / f"reference-{pages}.tar"
        must(bench.tools.build(bench.listing, self.path, pages))
        must(["tar", "cf", self.archive, "-C", self.path, "."])
        self.size = size_of(self.path)

    def remove(self):
        must(["rm", "-rf", self.path, self.archive])


def size_of(tree):
    """How many files and folders there are, for people."""
    files = folders = size = 0
    for path, names, pages in os.walk(tree):
        folders += len(names)
        files += len(pages)
        size += sum(os.lstat(os.path.join(path, page)).st_size for page in pages)
    return f"{files:,} files, {folders:,} folders, {size / 1e6:,.0f} MB"


def _measure(bench, ground, trees):
    tools, listing, meter = bench.tools, bench.listing, bench.meter
    sizes = {}

    def into(command):
        """A case that makes a tree; `command` gets its path."""
        return lambda: meter.run(command(ground.fresh()))

    def unpack(tree):
        output = ground.fresh()
        output.mkdir()
        return meter.run(["tar", "xf", tree.archive, "-C", output])

    def dumb_pypi():
        output = ground.fresh()
        sample = meter.run(tools.run_dumb_pypi(listing, output))
        sizes["dumb-pypi"] = size_of(output)
        return sample

    cases = {"dumb-pypi": dumb_pypi}
    for pages, tree in trees.items():
        cases[f"Larder, {pages}"] = into(lambda to, p=pages: tools.build(listing, to, p))
        cases[f"C floor, {pages}"] = into(lambda to, t=tree: tools.write_floor(t.path, to))
        cases[f"tar xf, {pages}"] = lambda t=tree: unpack(t)
        if ground.name == "tmpfs":
            cases[f"render, {pages}"] = lambda p=pages: meter.run(tools.render(listing, p))
    cases["Larder, complete, durable"] = into(
        lambda to: tools.build(listing, to, "complete", durable=True)
    )
    cases["larder generate"] = into(lambda to: tools.run_larder(listing, to))
    rounds = Rounds()
    try:
        rounds.measure(bench.rounds, cases)
    finally:
        ground.close()
    bench.report.note(f"dumb-pypi's tree on {ground.name}: {sizes['dumb-pypi']}.")
    _report(bench, ground.name, rounds)


def _report(bench, ground, rounds):
    table = bench.report.ratios(f"Full build on {ground} ({bench.rounds} rounds)")
    more, less = bars.NO_MORE_IS_BETTER, bars.NO_LESS_IS_BETTER
    for pages, label in PAGE_SETS.items():
        ours, floor, tar = f"Larder, {pages}", f"C floor, {pages}", f"tar xf, {pages}"
        # Against dumb-pypi the bars are for the same pages; the complete tree is more work.
        like_for_like = pages == "dumb-pypi"
        against = bars.WALL[ground] if like_for_like else more
        on_cpu = bars.CPU.get(ground, more) if like_for_like else more
        table.compare(f"{label}, {ground}, wall", against, rounds, ours, "dumb-pypi", wall)
        table.compare(f"{label}, {ground}, cpu", on_cpu, rounds, ours, "dumb-pypi", cpu)
        table.compare(
            f"{label}, {ground}, wall / floor", bars.FLOOR, rounds, ours, floor, wall, floor_wall
        )
        table.compare(
            f"{label}, {ground}, cpu / floor", less, rounds, ours, floor, cpu, floor_cpu
        )
        table.compare(
            f"{label}, {ground}, wall / tar xf", bars.TAR[ground], rounds, ours, tar, wall
        )
    durable, generate = "Larder, complete, durable", "larder generate"
    table.compare(f"durable, {ground}, wall", more, rounds, durable, "dumb-pypi", wall)
    table.compare(f"larder generate, {ground}, wall", more, rounds, generate, "dumb-pypi", wall)
    if ground == "tmpfs":
        _report_rendering(bench, rounds)


def _report_rendering(bench, rounds):
    table = bench.report.ratios("Rendering alone: whole process, no page is written")
    for pages, label in PAGE_SETS.items():
        bar = bars.RENDER if pages == "dumb-pypi" else bars.NO_MORE_IS_BETTER
        ours = f"render, {pages}"
        table.compare(f"render {label}, user", bar, rounds, ours, "dumb-pypi", user)
        table.compare(
            f"render {label}, wall", bars.NO_MORE_IS_BETTER, rounds, ours, "dumb-pypi", wall
        )
    memory = bench.report.table("Peak memory with this list", ["case", "peak"])
    for case in ("Larder, dumb-pypi", "Larder, complete", "dumb-pypi"):
        memory.add(case, f"{rounds.middle(case, lambda sample: sample.peak):,.1f} MiB")
