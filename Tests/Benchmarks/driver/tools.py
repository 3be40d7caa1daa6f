"""What is measured: built or installed when it is missing."""

import sys
from pathlib import Path

from .processes import must

DUMB_PYPI = "dumb-pypi==1.15.0"


class Tools:
    """The programs of a run."""

    def __init__(self, package, python):
        self.package = Path(package)
        self.python = python
        self.repository = self.package.parent.parent
        release = self.package / ".build" / "release"
        self.benchmark = release / "LarderBenchmark"
        self.floor = release / "FloorWriter"
        self.put_floor = release / "PutFloor"
        self.meter = release / "ProcessMeter"
        self.markup_floor = release / "MarkupFloor"
        self.larder = self.repository / ".build" / "release" / "larder"
        self.dumb_pypi = self.package / ".build" / "venv" / "bin" / "dumb-pypi"

    def prepare(self):
        """Builds everything as it is shipped, and installs dumb-pypi once."""
        build = ["nice", "swift", "build", "-c", "release", "--static-swift-stdlib"]
        _say("building the benchmarks")
        must([*build, "--package-path", self.package])
        _say("building larder")
        must([*build, "--package-path", self.repository, "--product", "larder"])
        if not self.dumb_pypi.exists():
            _say(f"installing {DUMB_PYPI}")
            venv = self.dumb_pypi.parent.parent
            must([self.python, "-m", "venv", venv])
            must([venv / "bin" / "python", "-m", "pip", "install", "--quiet", DUMB_PYPI])

    def peer_python(self, name, packages):
        """The Python of an environment with libraries that are measured."""
        venv = self.package / ".build" / f"venv-{name}"
        if not venv.exists():
            _say(f"installing {', '.join(packages)}")
            must([self.python, "-m", "venv", venv])
            must([venv / "bin" / "python", "-m", "pip", "install", "--quiet", *packages])
        return venv / "bin" / "python"

    def make_list(self, path, records, json=False):
        """Makes a list up, unless it is there from before."""
        if not path.exists():
            _say(f"making a list of {records:,} records")
            with open(path, "wb") as target:
                flags = ["--json"] if json else []
                target.write(
                    must([self.benchmark, "make-list", "--records", records, *flags])
                )
        return path

    def claim_memory(self, count):
        """Touches so many bytes of memory and gives them back to the kernel.

        A virtual machine gets each page from its host at the first touch. That can take longer
        than writing a file, and is not what is measured.
        """
        touch = f"m = bytearray({count})\nfor i in range(0, {count}, 4096): m[i] = 1"
        must([self.python, "-c", touch])

    # Commands to measure.

    def build(self, listing, output, pages, durable=False):
        return [
            self.benchmark, "build", listing, "--output", output, "--page-set", pages,
            "--durable" if durable else "--no-durable",
        ]  # fmt: skip

    def render(self, listing, pages):
        return [self.benchmark, "render", listing, "--page-set", pages]

    def write_floor(self, source, output):
        return [self.floor, "--threads", "2", source, output]

    def run_dumb_pypi(self, listing, output):
        return [self.dumb_pypi, *_generate(listing, output)]

    def load_json(self, listing, passes):
        return [self.python, Path(__file__).with_name("load_json.py"), listing, passes]

    def load_packages(self, listing, passes):
        script = Path(__file__).with_name("load_packages.py")
        return [self.dumb_pypi.with_name("python"), script, listing, passes]

    def run_larder(self, listing, output):
        return [self.larder, "generate", *_generate(listing, output)]


def _generate(listing, output):
    """The flags that dumb-pypi and `larder generate` share."""
    return [
        "--package-list", listing, "--packages-url", "../../pool/", "--output-dir", output,
        "--no-generate-timestamp",
    ]  # fmt: skip


def _say(text):
    print(f"... {text}", file=sys.stderr, flush=True)
