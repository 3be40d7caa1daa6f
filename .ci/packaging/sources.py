"""The sources of Debian packages, as apt has them."""

import re
from pathlib import Path

from command import output

KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Sources:
    """The newest sources of some packages, with Debian's patches; apt checks whose they are."""

    def __init__(self, scratch: Path, names: list[str]):
        """Reads which there are, in the archives that the machine's own apt knows."""
        self.scratch, self.names = scratch, names
        known = output(
            "apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages", "Origin: Debian",
        )
        lines = [f"deb-src [signed-by={KEYS}] {line}\n" for line in sorted(set(known.splitlines()))]
        (scratch / "sources.list").write_text("".join(lines))
        (scratch / "lists" / "partial").mkdir(parents=True)
        self.apt("update")
        self.list = self.apt("source", "--print-uris", "--download-only", *names)

    def apt(self, *arguments: str) -> str:
        return output(
            "apt-get", "--quiet",
            "-o", f"Dir::Etc::SourceList={self.scratch}/sources.list", "-o", "Dir::Etc::SourceParts=-",
            "-o", f"Dir::State::Lists={self.scratch}/lists", "-o", "Dir::Cache::pkgcache=",
            "-o", "Dir::Cache::srcpkgcache=", "-o", "APT::Sandbox::User=", *arguments,
            cwd=self.scratch,
        )

    def unpack(self):
        self.apt("source", *self.names)

    def folder(self, name: str) -> Path:
        (folder,) = self.scratch.glob(f"{name}-*/")
        return folder


def version_in(sources: str, name: str) -> str:
    (version,) = re.findall(rf" {name}_(\S+)\.dsc ", sources)
    return version
