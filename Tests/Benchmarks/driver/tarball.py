"""An index as one archive: against dumb-pypi and then `tar`, and against what only compresses."""

import shutil
from dataclasses import replace

from . import bars
from .processes import must
from .report import NOT_MEASURED
from .rounds import Rounds, wall

#: How `tar` makes each kind, and what makes it of a ready tar archive.
KINDS = {
    "tar": ([], ["cp"]),
    "tar.gz": (["-z"], ["pigz", "-kf", "-6"]),
    "tar.zst": (["--use-compress-program", "zstd -3"], ["zstd", "-qf", "-3", "-T2"]),
}


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    folder = bench.folder / "archives"
    folder.mkdir()
    tree, ready = folder / "tree", folder / "ready.tar"
    must(bench.tools.build(bench.listing, ready, "dumb-pypi"))
    rounds, sizes = Rounds(), {}

    def larder(kind, pages):
        archive = folder / f"larder.{kind}"
        archive.unlink(missing_ok=True)
        sample = bench.meter.run(bench.tools.build(bench.listing, archive, pages))
        sizes[f"Larder, {kind}, {pages}"] = archive.stat().st_size
        return sample

    def dumb_pypi():
        shutil.rmtree(tree, ignore_errors=True)
        return bench.meter.run(bench.tools.run_dumb_pypi(bench.listing, tree))

    def tar(kind):
        archive = folder / f"tar.{kind}"
        archive.unlink(missing_ok=True)
        command = ["tar", *KINDS[kind][0], "-cf", archive, "-C", tree, "."]
        sample = bench.meter.run(command)
        sizes[f"tar, {kind}"] = archive.stat().st_size
        return sample

    def alone(kind):
        command = [*KINDS[kind][1], ready]
        return bench.meter.run([*command, folder / "copy.tar"] if kind == "tar" else command)

    cases = {"dumb-pypi": dumb_pypi}
    for kind in KINDS:
        cases[f"tar, {kind}"] = lambda k=kind: tar(k)
        for pages in ("dumb-pypi", "complete"):
            cases[f"Larder, {kind}, {pages}"] = lambda k=kind, p=pages: larder(k, p)
        if shutil.which(KINDS[kind][1][0]):
            cases[f"alone, {kind}"] = lambda k=kind: alone(k)
    rounds.measure(bench.rounds, cases)
    for kind in KINDS:
        rounds.samples[f"dumb-pypi + tar, {kind}"] = [
            replace(first, wall=first.wall + then.wall)
            for first, then in zip(rounds.samples["dumb-pypi"], rounds.samples[f"tar, {kind}"])
        ]
    _report(bench, rounds, sizes)
    must(["rm", "-rf", folder])


def _report(bench, rounds, sizes):
    table = bench.report.ratios(f"An index as one archive, on tmpfs ({bench.rounds} rounds), wall")
    for kind in KINDS:
        peer = f"dumb-pypi + tar, {kind}"
        ours = f"Larder, {kind}, dumb-pypi"
        table.compare(f".{kind}, dumb-pypi's pages", bars.ARCHIVE[kind], rounds, ours, peer, wall)
        table.compare(
            f".{kind}, complete tree", bars.NO_MORE_IS_BETTER, rounds,
            f"Larder, {kind}, complete", peer, wall,
        )  # fmt: skip
        alone = f"alone, {kind}"
        if rounds.has(alone):
            words = " ".join(KINDS[kind][1])
            table.compare(
                f".{kind} / `{words}` of the ready tar", bars.ARCHIVE_ALONE[kind], rounds, ours,
                alone, wall,
            )  # fmt: skip
        else:
            bench.report.note(f"`{KINDS[kind][1][0]}` alone: {NOT_MEASURED} (it is not installed).")
    memory = bench.report.table("Archives", ["case", "MB", "peak"])
    for case, size in sizes.items():
        peak = f"{rounds.middle(case, lambda sample: sample.peak):,.1f} MiB"
        memory.add(case, f"{size / 1e6:,.1f}", peak)
