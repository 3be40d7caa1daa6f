"""pip, uv and pip-tools: what installs a list of requirements."""

import json
import sys

from matrix.client import (
    Client,
    Unsupported,
    by_name,
    in_environment,
    in_folder,
    parse_version,
    pinned,
)


class Pip(Client):
    name = "pip"

    def has(self, *version):
        return parse_version(self.version) >= version

    def resolve(self, wish):
        if not self.has(22, 2):
            raise Unsupported
        report = wish.folder / "report.json"
        self.pip(wish, "install", "--dry-run", "--ignore-installed", "--report", report)
        found = json.loads(report.read_text())["install"]
        return by_name((one["metadata"]["name"], one["metadata"]["version"]) for one in found)

    def install(self, wish):
        self.pip(wish, "install", "--target", wish.folder / "target")
        return in_folder(wish.folder / "target")

    def download(self, wish):
        self.pip(wish, "download", "--dest", wish.folder / "files")
        return {path.name for path in (wish.folder / "files").iterdir()}

    def lock(self, wish, digests):
        return write_lock(wish, digests)

    def install_locked(self, wish, lock):
        arguments = ("--require-hashes", "--target", wish.folder / "target", "-r", lock)
        self.pip(wish, "install", *arguments, requirements=())
        return in_folder(wish.folder / "target")

    def pip(self, wish, command, *arguments, requirements=None):
        if wish.before is not None:
            if not self.has(26, 0):
                raise Unsupported
            arguments = ("--uploaded-prior-to", wish.before, *arguments)
        requirements = wish.requirements if requirements is None else requirements
        arguments = ("--index-url", wish.index_url, *arguments, *requirements)
        # Before pip 19 the variable meant the contrary of what it says.
        quirk = {} if self.has(19, 0) else {"PIP_NO_CACHE_DIR": "0"}
        return self.run(wish, "python", "-m", "pip", command, *arguments, **quirk)


class Uv(Client):
    name = "uv"

    def resolve(self, wish):
        options = ("--no-header", "--no-annotate")
        return pinned(self.uv(wish, "compile", *options, write_requirements(wish)))

    def install(self, wish):
        self.uv(wish, "install", "--target", wish.folder / "target", *wish.requirements)
        return in_folder(wish.folder / "target")

    def lock(self, wish, digests):
        return write_lock(wish, digests)

    def install_locked(self, wish, lock):
        arguments = ("--require-hashes", "--target", wish.folder / "target", "-r", lock)
        self.uv(wish, "install", *arguments)
        return in_folder(wish.folder / "target")

    def uv(self, wish, command, *arguments):
        before = () if wish.before is None else ("--exclude-newer", wish.before)
        # The Python that packages are for; `--target` says where they go.
        python = ("--python", sys.executable)
        arguments = (*python, "--index-url", wish.index_url, *before, *arguments)
        return self.run(wish, "uv", "pip", command, *arguments)


class PipTools(Client):
    name = "pip-tools"

    def resolve(self, wish):
        return pinned(self.compile(wish))

    def install(self, wish):
        self.compile(wish)
        return self.sync(wish, wish.folder / "requirements.txt")

    def lock(self, wish, digests):
        self.compile(wish, "--generate-hashes")
        return wish.folder / "requirements.txt"

    def install_locked(self, wish, lock):
        return self.sync(wish, lock)

    def compile(self, wish, *arguments):
        before = () if wish.before is None else ("--uploaded-prior-to", wish.before)
        output = wish.folder / "requirements.txt"
        self.run(
            wish, "pip-compile", "--no-header", "--no-annotate", "--no-emit-index-url",
            "--index-url", wish.index_url, *before, "--cache-dir", wish.folder / "cache",
            "--output-file", output, *arguments, write_requirements(wish),
        )  # fmt: skip
        return output.read_text()

    def sync(self, wish, lock):
        target = wish.folder / "environment"
        self.run(wish, "python", "-m", "venv", target)
        python = target / "bin" / "python"
        arguments = ("--python-executable", python, "--index-url", wish.index_url, lock)
        self.run(wish, "pip-sync", *arguments)
        return in_environment(target)


def write_requirements(wish):
    path = wish.folder / "requirements.in"
    path.write_text("".join(f"{line}\n" for line in wish.requirements))
    return path


def write_lock(wish, digests):
    """The lock of a client that writes none: pins with the hashes of a person's choice."""
    path = wish.folder / "lock.txt"
    lines = (f"{pin} --hash=sha256:{digest}\n" for pin, digest in digests.items())
    path.write_text("".join(lines))
    return path
