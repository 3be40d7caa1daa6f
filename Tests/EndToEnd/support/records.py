"""Lists of records made by a generator with a fixed seed."""

import hashlib
import random
from dataclasses import dataclass

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from support.corpus import NAMES, REASONS, REQUIRES_PYTHON

VERSIONS = [
    "0.1",
    "1.0",
    "1.0.0",
    "v1.1",
    "1.0rc1",
    "1.0.dev3",
    "2.0.post1",
    "1!0.5",
    "3.0+local.1",
    "3.0+ubuntu-1",
    "1.0-alpha-2",
    "2024.1",
    "0.0.0.1",
    "1.10",
    "1.9",
    "20160920193125",
    "1" * 40,
    "2004d",
    "0.1.2-SNAPSHOT",
]
WORDS = ["blue", "Crate", "delta", "engine", "Fabric", "gauge", "hinge", "ink", "Jar", "knot"]
SUFFIXES = [".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz"]
WHEEL_TAGS = [
    "py3-none-any",
    "py2.py3-none-any",
    "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64",
]


@dataclass(frozen=True)
class Distribution:
    """One record, and what an index must make of its file name."""

    project: str
    version: str | None
    record: dict

    @property
    def filename(self):
        return self.record["filename"]


def shown(version):
    """A version as pages show it: normalized if PEP 440 knows it."""
    try:
        return str(Version(version))
    except InvalidVersion:
        return version


def digest(algorithm, text):
    return hashlib.new(algorithm, text.encode()).hexdigest()


def rich_list(seed, projects=150):
    """Records with every key, kind of file and odd spelling."""
    random_ = random.Random(seed)
    names = list(NAMES) + [project_name(random_, number) for number in range(projects - len(NAMES))]
    distributions = {}
    for name in names:
        for version in random_.sample(VERSIONS, random_.randint(1, 6)):
            for filename in filenames(random_, name, version):
                distributions[filename] = Distribution(
                    canonicalize_name(name), shown(version), facts(random_, filename)
                )
    for filename, project in {
        "aspy.yaml.zip": "aspy-yaml",
        "ocflib-3-4.tar.gz": "ocflib-3-4",
    }.items():
        distributions[filename] = Distribution(project, None, facts(random_, filename))
    return list(distributions.values())


def project_name(random_, number):
    separator = random_.choice(["-", "_", ".", "--"])
    return separator.join(random_.choices(WORDS, k=random_.randint(1, 3))) + f"{separator}{number}"


def filenames(random_, name, version):
    """A source archive, a wheel, or both; `_` stands for hyphens, which would be guesswork."""
    kinds = random_.choice([["sdist"], ["wheel"], ["sdist", "wheel"]])
    if shown(version) == version and not is_valid(version):
        kinds = ["sdist"]
    for kind in kinds:
        if kind == "sdist":
            yield f"{name.replace('-', '_')}-{version}{random_.choice(SUFFIXES)}"
        else:
            escaped = canonicalize_name(name).replace("-", "_")
            yield f"{escaped}-{version.replace('-', '_')}-{random_.choice(WHEEL_TAGS)}.whl"


def is_valid(version):
    try:
        Version(version)
    except InvalidVersion:
        return False
    return True


def facts(random_, filename):
    """A record of the file with some of the keys."""
    possible = {
        "hash": f"{(algorithm := random_.choice(['md5', 'sha1', 'sha256', 'sha512']))}="
        + digest(algorithm, filename),
        "hashes": {name: digest(name, filename) for name in ("md5", "sha256", "sha384")},
        "requires_python": random_.choice(REQUIRES_PYTHON),
        "requires_dist": random_.choice([[], ["other>=1"], ["a<2", 'b; python_version < "3.8"']]),
        "core_metadata": random_.choice([True, False, "true", "sha256=" + digest("sha256", "m")]),
        "uploaded_by": random_.choice(["asottile", '<b>bob</b> & "eve"', "zo\u00eb"]),
        "size": random_.choice([0, 1, 2**40]),
        "gpg_sig": random_.choice([True, False]),
        "provenance": "https://pool.example/provenance?file=a&b=c",
        "license": random_.choice(["MIT", "<LGPL> & friends"]),
        "project_urls": random_.choice([{}, {"Home & <b>": "https://a.example/?b&c", "\u00e4": "javascript:x"}]),
        "description": random_.choice(["", "# A\n\n<b>\u00e4</b>\n", "*a*\r\n\x01"]),
        "description_content_type": random_.choice(["text/plain", "text/x-rst; charset=UTF-8"]),
        "summary": random_.choice(["A thing", "</title><script>alert(1)</script>", "\U0001f4a9"]),
    }
    record = {key: value for key, value in possible.items() if random_.random() < 0.5}
    # A digest by one algorithm cannot be given twice.
    if "hashes" in record:
        record.pop("hash", None)
    record |= random_.choice(
        [
            {},
            {"upload_timestamp": 1_500_000_000},
            {"upload_timestamp": -1},
            {"upload_time": "2026-11-22T09:30:00.120Z"},
            {"upload_time": "2026-11-22T09:30:00Z"},
        ]
    )
    record |= random_.choice(
        [
            {},
            {},
            {},
            {"yanked": True},
            {"yanked": False},
            {"yanked": ""},
            {"yanked_reason": random_.choice(REASONS)},
        ]
    )
    return {"filename": filename} | record
