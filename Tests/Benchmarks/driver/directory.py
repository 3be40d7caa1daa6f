"""A folder of wheels: hashing it, reading the metadata in it, and knowing it again."""

import json
import os
import random
import shutil
import sys
import zipfile
from dataclasses import replace

from . import bars
from .rounds import Rounds, wall

WHEELS = 2000


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    place = bench.folder / "directory"
    size = make_pool(place / "wheels", bench.pool_size << 20)
    os.environ["LARDER_CACHE_DIR"] = str(place / "cache")
    listing = place / "files"
    listing.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in (place / "wheels").iterdir()))
    cores = str(os.cpu_count())
    cases = {
        "sha256sum": lambda: bench.meter.run(
            ["xargs", "-0", "-P", cores, "-n", "64", "sha256sum"], stdin=listing
        ),
        "hashes": lambda: read(bench, place, metadata=False, cache=False),
        "first": lambda: forget(place) or read(bench, place),
        "second": lambda: read(bench, place),
        "first, published": lambda: forget(place) or publish(bench, place),
        "second, published": lambda: publish(bench, place),
    }
    rounds = Rounds()
    rounds.measure(bench.rounds, cases)
    table = bench.report.ratios(
        f"The source `directory`: {WHEELS:,} wheels, {size / (1 << 20):,.0f} MiB, whole process"
    )
    table.compare("hashes on all cores, wall", bars.HASHES, rounds, "hashes", "sha256sum", wall)
    table.compare("hashes and metadata, wall", bars.NO_MORE_IS_BETTER, rounds, "first", "sha256sum", wall)
    table.compare(
        "the source's time, second run / first", bars.SECOND_RUN, rounds,
        "second, published", "first, published", source,
    )  # fmt: skip
    table.compare(
        "whole process, second run / first", bars.NO_LESS_IS_BETTER, rounds, "second", "first", wall
    )


def read(bench, place, **fields):
    """Reads the folder and shows its records."""
    return bench.meter.run([bench.tools.larder, "show", "records", "-c", pipeline(place, **fields)])


def publish(bench, place):
    """Makes an index of the folder; the sample also says how long the source took."""
    report = place / "report.json"
    sample = bench.meter.run([bench.tools.larder, "run", pipeline(place), "--report", report])
    source = json.loads(report.read_text())["stages"][0]
    return replace(sample, said={"source_ms": source["ms"]})


def source(sample):
    return sample.said["source_ms"] / 1000


def pipeline(place, **fields):
    path = place / f"pipeline-{'-'.join(fields) or 'all'}.json"
    source = {"type": "directory", "path": "wheels"} | fields
    sinks = [{"type": "filesystem", "path": "public"}]
    path.write_text(json.dumps({"version": 1, "sources": [source], "render": {}, "sinks": sinks}))
    return path


def forget(place):
    """Removes what was kept."""
    shutil.rmtree(place / "cache", ignore_errors=True)


def make_pool(folder, size):
    """Makes wheels whose sizes are like those of real ones: a half are small, a few are large.

    Sizes are log-normal with a median of 600 kB and a mean of 2 MB at the usual 4,000 MiB, and the
    content does not compress.
    """
    print(f"... making {WHEELS:,} wheels of {size >> 20} MiB", file=sys.stderr, flush=True)
    folder.mkdir(parents=True)
    random_ = random.Random(503)
    shares = [random_.lognormvariate(0, 1.55) for _ in range(WHEELS)]
    total = 0
    for number, share in enumerate(shares):
        name = f"project_{number:04}"
        path = folder / f"{name}-1.{number % 7}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            part = int(size * share / sum(shares)) // 8
            for module in range(8):
                wheel.writestr(f"{name}/module{module}.bin", random_.randbytes(part))
            info = f"{name}-1.{number % 7}.dist-info"
            wheel.writestr(f"{info}/METADATA", metadata(name, number), zipfile.ZIP_DEFLATED)
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\n")
        total += path.stat().st_size
    return total


def metadata(name, number):
    requirements = "".join(f"Requires-Dist: other{n}>=1.{n}\n" for n in range(number % 12))
    return (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.{number % 7}\nSummary: Does what {name} does\n"
        f"License: MIT\nRequires-Python: >=3.8\n{requirements}\n{'A long description. ' * 200}\n"
    )
