"""The packages of the matrix: real wheels and source archives, and the list of their records."""

from dataclasses import dataclass
from pathlib import Path

from support import pool
from support.pool import Release

#: Upload times, in seconds since 1970: all is of 2024 but for one release of 2025.
IN_2024, IN_2025 = 1_710_000_000, 1_750_000_000
#: Between the two, in the form that clients take.
CUTOFF = "2025-01-01T00:00:00Z"

RELEASES = [
    # An application, and what it needs.
    Release("app", "1.0", requires=("lib>=1.0",)),
    Release("lib", "1.0"),
    Release("lib", "1.1"),
    # Its newest release needs what there is not: a resolver must look at it, and turn back.
    Release("choosy", "1.0", requires=("lib",)),
    Release("choosy", "2.0", requires=("lib>=9",)),
    Release("source-only", "1.0", kinds=("sdist",)),
    Release("recalled", "1.0"),
    Release("recalled", "1.1", yanked="broken on Sundays"),
    Release("withdrawn", "1.0", yanked="nobody should have this"),
    Release("early", "1.0"),
    Release("early", "2.0rc1"),
    Release("picky", "1.0"),
    Release("picky", "2.0", requires_python=">=9.9"),
    Release("aging", "1.0"),
    Release("aging", "2.0"),
    # Names as people write them; the last one is needed by yet another spelling.
    Release("Dotted.Name_One", "1.0"),
    Release("snake_case_two", "1.0", requires=("Upper...THREE",)),
    Release("UPPER-three", "1.0"),
    Release("epoch", "1!1.0"),
    Release("epoch", "2024.1"),
    Release("local", "1.0"),
    Release("local", "1.0+acme.1"),
]
OF_2025 = {("aging", "2.0")}


@dataclass(frozen=True)
class Packages:
    """A folder of distributions, and the records of them."""

    pool: Path
    records: list

    def digest(self, filename):
        """The SHA-256 of a distribution, in hexadecimal."""
        (found,) = [record for record in self.records if record["filename"] == filename]
        return found["hash"].partition("=")[2]

    @property
    def records_of_dumb_pypi(self):
        """The same records, in the keys that dumb-pypi knows."""
        renamed = {"yanked": "yanked_reason"}
        return [
            {renamed.get(key, key): value for key, value in record.items() if key != "size"}
            for record in self.records
        ]


def build(folder):
    """Makes all files in a folder."""
    records = []
    for release in RELEASES:
        uploaded = IN_2025 if (release.name, release.version) in OF_2025 else IN_2024
        for kind in release.kinds:
            make = {"wheel": pool.build_wheel, "sdist": pool.build_sdist}[kind]
            path = make(release, folder)
            records.append(pool.record(release, path) | {"upload_timestamp": uploaded})
    return Packages(folder, records)
