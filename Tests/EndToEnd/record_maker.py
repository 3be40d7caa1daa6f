"""Makes a list of records that has everything which dumb-pypi reads, from a fixed seed."""

import random

SEED = 20260217

# File names by the rules and the tests of dumb-pypi that a random one would hardly meet.
ODD_NAMES = """
aspy.yaml.zip ocflib-3-4.tar.gz foo-bar-1.tar.gz 2.exe f.tar.gz index.html packages.json
flup-123-1.0.3.dev-20110405.tar.gz package-123-1.3.7+build.11.e0f985a.zip abl.jquery-1.4.2-2.tar.gz
foo-1.0.tgz foo-1.0.tar.gz foo-1.5.tgz foo-1.0.tar.xz foo-1.0.tar.zst foo-1.0.tar.Z foo-1.tgz
foo.tgz bar.baz.tgz bar.baz-1.tgz unversioned.tar.xz foo-1.0.tar.bz2 foo-v1.0.tar.gz foo-0.9.tar
foo-1.0.whl.metadata foo-1.0-py3-none-any.WHL foo-1.0.ZIP foo-1.0.tar.gz.asc foo.tar.gz.asc
foo.tar.gz.sig foo.zip.sha256 f-1.0+local-py3-none-any.whl f-1.0+Local_2-py3-none-any.whl
somepackage-1.2.3.4.post5.post2-py3-none-any.whl playlyfe-0.1.1-2.7.6-none-any.whl
mesos.cli-0.1.3-py2.7.egg dumb-init-0.1.0.linux-x86_64.tar.gz greenlet-0.3.4-py3.1-win-amd64.egg
numpy-1.7.0.win32-py3.1.exe surf.sesame2-0.2.1_r291-py2.5.egg thing-1.0-1.noarch.rpm
thing-1.0.win32.msi thing-1.0.exe thing-1.0.msi thing-1.0.rpm thing-1.0.dmg thing-1.0.egg
thing-1.0.EGG thing-1.0.deb thing-1.0.tar.gz thing-1.0-py3-none-any.whl
-20160920.193125.zip -lead-1.0.tar.gz .hidden-1.0.tar.gz _-1.0.tar.gz lol lol-sup
wheel-1!2.0-py3-none-any.whl epoch-1!2.0.tar.gz tilde-1.0~rc1.tar.gz
double__word-1.0-py3-none-any.whl double_word-0.9.tar.gz double.word-1.1.tar.gz
_edge-1.0.tar.gz edge_-1.0.tar.gz edge-1.0.zip edge.-2.0.tar.gz _edge-2.0-py3-none-any.whl
_alone-1.0.tar.gz _alone-1.1.tar.gz edge_.tar.gz
zero.tar.gz zero-0.tar.gz zero-0.0.tar.gz zero-0-py3-none-any.whl zero.zip zero-0.dev1.tar.gz
same-1.0.tar.gz same-1.0.0.tar.gz same-1-py3-none-any.whl same-1.0-py3-none-any.whl
same-1.0.0-py3-none-any.whl same-1.tar.gz
spell-1.0-1.tar.gz spell-1.0.post1-py3-none-any.whl spell-1.0.post1.zip spell-1.0.RC1.tar.gz
spell-1.0rc1-py3-none-any.whl spell-01.0.tar.gz spell-1.0.tar.gz spell-v1.0.zip
zpkg-1-cp38-cp38-manylinux_2_28_aarch64.whl zpkg-1-cp39-cp39-manylinux_2_28_aarch64.whl
zpkg-1-cp310-cp310-manylinux_2_28_aarch64.whl zpkg-1-2-cp310-cp310-linux_x86_64.whl
natural-1.0-cp310-none-a01.whl natural-1.0-cp310-none-a1.whl natural-1.0-cp310-none-a10.whl
natural-1.0-cp310-none-a9.whl natural-20160920193125.tar.gz natural-99999999999999999999999.tar.gz
pre-1.0a1.tar.gz pre-1.0b2.tar.gz pre-1.0.dev3.tar.gz only.pre-2.0rc1.tar.gz
""".split() + ["newline.tar.gz\n", "a space-1.0.tar.gz", "/blah-2.tar.gz", "..", "naïve-1.0.zip"]

WORDS = ["alpha", "Beta", "gamma_ray", "delta.tau", "eps-ilon", "x", "py3k", "zope.inter_face"]
VERSIONS = """
0 0.0 0.1 0.1.0 0.9a1 0.9.b2 0.9rc1 0.9.dev4 1 1.0 1.0.0 1.0-1 1.0.post1 1.0+local 1.0+Ubuntu-1
1.0-preview_3 1.1 1.1.0 1.10 1.2 1.2rc1 1.2.RC1 2.0 2.0.1 2.0a1.dev3 02.01 v2.2 2.3-rev 2.3.post0
3.0.dev1 3.0.alpha.1 20160920 20160920193125 10.0 9.0 1.0.0.0.0.1 5.0+1.2.3 5.0+abc
""".split()
ODD_VERSIONS = """
1.0-py2.7 1.0.linux-x86_64 0.1.2-SNAPSHOT 2004d 1.0.post5.post2 1.0-final 1.0.win32-py3.3 1..0
""".split()
EXTENSIONS = [".tar.gz"] * 6 + """
.zip .zip .tar.bz2 .tar .tgz .tar.xz .tar.zst .tar.Z .egg .exe .msi .rpm .dmg .deb
""".split()
TAGS = """
py3-none-any py2.py3-none-any cp39-cp39-win_amd64 cp310-cp310-manylinux_2_17_x86_64 1-py3-none-any
cp310-abi3-macosx_10_9_x86_64.macosx_11_0_arm64
""".split()
TEXTS = [">=3.6", "<4,>=2.7", "!=3.0.*", "", "a\"b'c<d>&e;", "≥3 naïve \U0001f40d", "two\nlines"]
REASONS = ["Wrong Python pinning", "", "bad & <b>unsafe</b> \"quoted\" 'it'", "día 2", "see\n#1"]
REQUIREMENTS = [[], ["dumb-init"], ["a>=1", "b[c]; python_version < '3'"], ["ü <&> \"x\""]]
PEOPLE = ["ckuehl", "", "O'Brien <o@example.org>", "Zoë", "root & co"]


def make(count: int, seed: int = SEED) -> list[dict]:
    """`count` records, some with one file name."""
    rng = random.Random(seed)
    records = [{"filename": name} for name in ODD_NAMES]
    records += [with_facts(rng, name) for name in ODD_NAMES for _ in range(2)]
    names = [project(rng) for _ in range(count // 12)]
    while len(records) < count:
        record = with_facts(rng, filename(rng, rng.choice(names)))
        records.append(record)
        if rng.random() < 0.04:
            records.append(rng.choice([dict(record), with_facts(rng, record["filename"])]))
    rng.shuffle(records)
    return records


def project(rng: random.Random) -> str:
    """The name of a project as somebody might write it."""
    name = rng.choice("-_.").join(rng.sample(WORDS, rng.randint(1, 3)))
    name += rng.choice(["", "", "2", "-3"])
    return rng.choice([name] * 12 + [f"_{name}", f"{name}_", name.upper()])


def filename(rng: random.Random, project: str) -> str:
    """A file of the project."""
    version = rng.choice(VERSIONS if rng.random() < 0.92 else ODD_VERSIONS)
    if rng.random() < 0.03:
        return project + rng.choice(EXTENSIONS)
    if rng.random() < 0.3:
        return f"{project.replace('-', '_')}-{version.replace('-', '_')}-{rng.choice(TAGS)}.whl"
    return f"{project}-{version}{rng.choice(EXTENSIONS)}"


def digest(rng: random.Random, algorithm: str, digits: int) -> str:
    return f"{algorithm}={rng.getrandbits(4 * digits):0{digits}x}"


def hash_(rng: random.Random) -> str:
    """A digest; one in twelve can be used by nobody."""
    good = digest(
        rng,
        *rng.choice(
            [("sha256", 64), ("md5", 32), ("sha512", 128), ("sha384", 96), ("sha224", 56)]
            + [("sha1", 40), ("blake2b_256", 64), ("sha256", 64), ("sha256", 64)]
        ),
    )
    bad = rng.choice(["sha256=badf00d", "md5=" + "z" * 32, "sha1=" + "0" * 41])
    return rng.choices([good, good.upper(), bad], [10, 1, 1])[0]


def with_facts(rng: random.Random, name: str) -> dict:
    """A record with each key at even odds, `null` sometimes."""
    facts = {
        "hash": hash_(rng),
        "requires_dist": rng.choice(REQUIREMENTS),
        "requires_python": rng.choice(TEXTS),
        "core_metadata": rng.choice(["true", "true", "false", "", hash_(rng)]),
        "upload_timestamp": rng.choice(
            [0, rng.randint(1, 2_000_000_000), 1515783971, -86400.5]
            + [rng.randint(1, 4_000_000_000) + rng.choice([0.25, 0.123456, 0.0, 0.1234567])]
        ),
        "uploaded_by": rng.choice(PEOPLE),
        "yanked_reason": rng.choice(REASONS),
    }
    record = {"filename": name}
    for key, value in facts.items():
        odds = 0.15 if key == "yanked_reason" else 0.5
        if rng.random() < odds:
            record[key] = value
        elif rng.random() < 0.05:
            record[key] = None
    return record
