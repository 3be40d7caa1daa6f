"""The wheel (PEP 427): pip, uv and pipx put the tree below the prefix of the environment."""

import base64
import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from prefix import File


ABOUT = """\
Larder makes a complete Python package index out of static files: every page that `pip`, `uv`,
`poetry` and people read. Any web server or object store serves them.

```sh
larder generate --package-list names.txt --packages-url ../../pool/ --output-dir public
```

`larder init` writes a pipeline file to begin with, and `larder help` tells of all verbs.
"""


def write(
    output: Path, version: str, tag: str, files: list[File], sbom: bytes, moment: int
) -> Path:
    """Writes the wheel and gives its path."""
    info = f"larder-{version}.dist-info"
    members = [
        (member_path(file.path, version), file.content, file.mode) for file in files
    ] + [
        (f"{info}/METADATA", metadata(version).encode(), 0o644),
        (f"{info}/WHEEL", description(tag).encode(), 0o644),
        (f"{info}/sboms/larder.cdx.json", sbom, 0o644),  # PEP 770
    ]
    members.append((f"{info}/RECORD", record(members, info), 0o644))
    path = output / f"larder-{version}-py3-none-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content, mode in members:
            wheel.writestr(member(name, mode, moment), content)
    return path


def member_path(path: str, version: str) -> str:
    # Programs are scripts to pip, which makes them executable: no Python starts before them.
    folder, _, rest = path.partition("/")
    return f"larder-{version}.data/" + (f"scripts/{rest}" if folder == "bin" else f"data/{path}")


def member(name: str, mode: int, moment: int) -> zipfile.ZipInfo:
    when = datetime.fromtimestamp(moment, UTC).timetuple()[:6]
    info = zipfile.ZipInfo(name, max(when, (1980, 1, 1, 0, 0, 0)))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (0o100000 | mode) << 16
    return info


def metadata(version: str) -> str:
    return "\n".join([
        "Metadata-Version: 2.4",
        "Name: larder",
        f"Version: {version}",
        "Summary: Makes a complete Python package index of static files",
        "Keywords: pypi,index,simple,mirror,static",
        "Classifier: Environment :: Console",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Topic :: System :: Software Distribution",
        # It is a program: any Python installs it.
        "Requires-Python: >=3.7",
        "Description-Content-Type: text/markdown",
        "",
        ABOUT,
    ])


def description(tag: str) -> str:
    return f"Wheel-Version: 1.0\nGenerator: larder\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n"


def record(members: list[tuple[str, bytes, int]], info: str) -> bytes:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for name, content, _ in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={digest}", len(content)])
    writer.writerow([f"{info}/RECORD", "", ""])
    return lines.getvalue().encode()
