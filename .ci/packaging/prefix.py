"""What is installed, as one tree below a prefix such as /usr: all packages are made of it."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import elf
import manual
from libraries import Library

SHELLS = {
    "bash": "share/bash-completion/completions/larder",
    "fish": "share/fish/vendor_completions.d/larder.fish",
    "zsh": "share/zsh/site-functions/_larder",
}


@dataclass(frozen=True)
class File:
    """One file: where it is below the prefix."""

    path: str
    content: bytes
    is_program: bool = False

    @property
    def mode(self) -> int:
        return 0o755 if self.is_program else 0o644


def own_files(binary: Path, stripped: Path, version: str, moment: int) -> list[File]:
    """What larder itself consists of."""
    elf.strip(binary, stripped)
    files = [
        File("bin/larder", stripped.read_bytes(), is_program=True),
        File("share/man/man1/larder.1", manual.manual(binary, version, moment).encode()),
    ]
    for shell, path in SHELLS.items():
        command = [binary, "--generate-completion-script", shell]
        script = subprocess.run(command, check=True, capture_output=True).stdout
        files.append(File(path, script))
    return files


def library_files(libraries: list[Library]) -> list[File]:
    """The libraries, where the binary looks for them first, and what their licences ask for."""
    files = [File(f"lib/larder/{each.path.name}", each.path.read_bytes()) for each in libraries]
    for name, text in sorted({each.source: each.copyright() for each in libraries}.items()):
        files.append(File(f"share/doc/larder/{name}.copyright", text))
    return files
