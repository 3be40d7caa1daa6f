"""Wheels of real size: what they hold does not compress, and there are many files in them."""

import random
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """How large a wheel is, and how many files are in it."""

    size: int
    members: int
    description: int = 6_000


# Sizes and numbers of files as of popular wheels: pure ones and compiled ones.
SHAPES = [
    Shape(60_000, 20), Shape(150_000, 40), Shape(400_000, 60), Shape(1_200_000, 120),
    Shape(3_000_000, 200), Shape(9_000_000, 500), Shape(300_000, 25), Shape(800_000, 80),
]


def metadata_of(name, version, description=0, seed=0):
    """A METADATA file with requirements and a description of so many letters."""
    draw = random.Random(f"{name} {version} {seed}")
    words = ["wheel", "index", "static", "package", "fast", "page", "reader", "of", "and", "the"]
    body = []
    while sum(map(len, body)) < description:
        body.append(" ".join(draw.choice(words) + str(draw.randrange(99)) for _ in range(12)))
    lines = [
        "Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}",
        f"Summary: The {name} of release {version}", "License: MIT",
        "Requires-Python: >=3.9", "Requires-Dist: acme-base>=1.0",
        'Requires-Dist: acme-extra ; extra == "more"', "", *body, "",
    ]
    return "\n".join(lines).encode()


def make_wheel(folder, name, version, shape, seed=0):
    """Writes a wheel into a folder, as build tools do: the .dist-info folder comes last."""
    draw = random.Random(f"{name} {version} {seed}")
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    each = max(1, (shape.size - 10_000) // shape.members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [f"{stem.split('-')[0]}/part_{n:04}/module.py" for n in range(shape.members)]
        for member in names:
            archive.writestr(zipfile.ZipInfo(member), draw.randbytes(each))
        info = f"{stem}.dist-info"
        files = {
            "METADATA": metadata_of(name, version, shape.description, seed),
            "WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "".join(f"{n},sha256={draw.randbytes(32).hex()[:43]},{each}\n" for n in names)
            .encode(),
        }
        for member, content in files.items():
            archive.writestr(f"{info}/{member}", content)
    return path


def metadata_in(path):
    """The METADATA of a wheel, as zipfile reads it."""
    with zipfile.ZipFile(path) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        return archive.read(name)
