"""What dumb-pypi makes of a file name that is no wheel: its rule, described anew.

The rule reads: take one extension off, or two from a name that ends in gz or bz2. Without a hyphen
there is no version. With one, it parts name and version. With more, the version begins at the
leftmost piece, but the first, that holds a dot and a digit; where there is none, there is none.
A name with too few dots for its extensions is refused.
"""

import re

WHEEL = re.compile(
    r"(?P<name>[^-]+)-(?P<version>\d+[^-]*)(-(?P<build>\d+[^-]*))?"
    r"-(?P<python>\w+\d+(\.\w+\d+)*)-(?P<abi>\w+)-(?P<platform>\w+(\.\w+)*)\.whl\Z",
    re.ASCII | re.IGNORECASE,
)


def is_safe(filename: str, also: str = "") -> bool:
    return re.match(rf"[A-Za-z0-9_.+{also}-]+\Z", filename) is not None and ".." not in filename


def guess(filename: str, also: str = "") -> tuple[str, str] | None:
    """The project and the version, empty if unknown; None where dumb-pypi refuses the name.

    With `also`, what it would say if it allowed these characters too.
    """
    if not is_safe(filename, also):
        return None
    if filename.endswith(".whl"):
        wheel = WHEEL.match(filename)
        return None if wheel is None else (wheel["name"], wheel["version"])
    stem = filename
    for _ in range(2 if filename.endswith(("gz", "bz2")) else 1):
        stem, dot, _ = stem.rpartition(".")
        if not dot:
            return None
    return split(stem) if split(stem)[0] else None


def split(stem: str) -> tuple[str, str]:
    first, *rest = stem.split("-")
    if len(rest) <= 1:
        return first, "".join(rest)
    for place, piece in enumerate(rest):
        if "." in piece and re.search("[0-9]", piece):
            return "-".join([first, *rest[:place]]), "-".join(rest[place:])
    return stem, ""
