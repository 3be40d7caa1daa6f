"""Random project names and file names: valid, nearly valid, and far from it."""

from random import Random

import versions

WORDS = """
foo Foo foo_bar foo.bar foo-bar foo__bar a 0 2 x86 py3 oslo.concurrency zope.interface pandas
package-123 flup-123 1.0 f F00 ruamel.yaml.clib _private trailing_ .hidden -dash
abl.jquery Ångström
""".split()

SEPARATORS = ["-", "_", ".", "--", "__", "..", "-_", "._-", "-.-", "+", "!", "~", " "]

# File names that pinned tests and real lists hold.
FILENAMES = """
dumb_init-1.2.0-py2.py3-none-manylinux1_x86_64.whl numpy-1.11.1rc1-cp27-cp27m-macosx_10_6_intel.whl
somepackage-1.2.3.4.post5.post2-py3-none-any.whl f-1.0+local-py3-none-any.whl aspy.yaml.zip f.tar.gz
2.exe ocflib-3-4.tar.gz foo-bar-1.tar.gz foo-1.tar.gz aspy.yaml-0.2.1.tar.gz pandas-0.2beta.tar.gz
scikit-learn-0.15.1.tar.gz flup-123-1.0.3.dev-20110405.tar.gz package-123-1.3.7+build.11.e0f985a.zip
abl.jquery-1.4.2-2.tar.gz mesos.cli-0.1.3-py2.7.egg dumb-init-0.1.0.linux-x86_64.tar.gz
greenlet-0.3.4-py3.1-win-amd64.egg numpy-1.7.0.win32-py3.1.exe surf.sesame2-0.2.1_r291-py2.5.egg
foo-1.0.tgz foo-1.0.tar.xz foo-1.0.tar.Z foo-v1.0.tar.gz lol lol-sup -20160920.193125.zip
playlyfe-0.1.1-2.7.6-none-any.whl foo-1.0-1a-py3-none-any.whl foo-1.0-a1-py3-none-any.whl
foo-1!1.0-py3-none-any.whl foo-1.0-py3-none-any.WHL foo-1.0--py3-none-any.whl index.html
foo-1.0-py-none-any.whl foo-1.0-27-none-any.whl foo-1.0-py3-none-any-variant.whl foo-1.0.whl
foo-1.0-1.noarch.rpm foo-2-1.noarch.rpm foo-1-py2.7.egg foo-1.0.dmg
foo-1.0.win-amd64-py2.7.msi foo-1.0.tar.gz.asc a-1.0.whl.metadata
""".split() + ["foo-1.0-1\na-py3-none-any.whl", "foo-1.0-py3-none-any.whl\n"]

PYTHON_TAGS = ["py3", "py2", "cp311", "cp27", "py", "cp", "pp39", "2.7.6", "27", "3", "py3x", "_1"]
PYTHON_TAGS += [""]
ABI_TAGS = ["none", "abi3", "cp311", "cp27m", "cp36dmu", "", "no-ne", "none1"]
PLATFORM_TAGS = ["any", "win32", "linux_x86_64", "manylinux1_x86_64", "macosx_10_9_intel", "a+b"]
PLATFORM_TAGS += [""]

PLATFORMS = """
.linux-x86_64 -py2.7 .win32 .win-amd64-py3.8 -py3.1-win-amd64 -1.noarch .macosx-10.11-x86_64 -final
.x86_64
""".split()

EXTENSIONS = """
.tar.gz .zip .tar.bz2 .tar .egg .exe .tgz .tar.xz .tar.Z .rpm .msi .dmg .tar.zst .txt .asc .gz .ZIP
.TAR.GZ
""".split() + [""]

# No file name in an index is longer; a longer one is another difference, tested by itself.
LONGEST = 255

EDITS = " .-_+!~/\\#%?:aAzZ09whltgz\t\n\r\x00\x7f"
FOREIGN = "\u00a0\u00e9\u0661\u017f\u212a\u0301\U0001f4e6"


def mutate(random: Random, text: str) -> str:
    """The text after one to three small accidents."""
    for _ in range(random.randrange(1, 4)):
        place = random.randrange(len(text) + 1)
        letter = random.choice(FOREIGN if random.random() < 0.03 else EDITS)
        match random.randrange(5):
            case 0:
                text = text[:place] + letter + text[place:]
            case 1:
                text = text[:place] + text[place + 1 :]
            case 2:
                text = text[:place] + letter + text[place + 1 :]
            case 3:
                text = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
            case 4:
                text = text[:place] + text[max(0, place - 5) :]
    return text


def project_name(random: Random) -> str:
    text = random.choice(WORDS)
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        text += random.choice(SEPARATORS[: random.choice([3, 9, 13])]) + random.choice(WORDS)
    return mutate(random, text) if random.random() < 0.4 else text


def version(random: Random) -> str:
    """A version as a file name may hold it, at times one that PEP 440 refuses."""
    roll = random.random()
    if roll < 0.1:
        return random.choice(versions.SEEDS)
    if roll < 0.15:
        return versions.legacy_text(random)
    return versions.spell(random, versions.shape(random), plain=0.7)


def tags(random: Random, choices: list[str]) -> str:
    # The first few are those of real wheels.
    likely = lambda: choices if random.random() < 0.15 else choices[:3]
    return ".".join(random.choice(likely()) for _ in range(random.choice([1, 1, 1, 1, 2, 3])))


def wheel_filename(random: Random) -> str:
    if random.random() < 0.1:
        text = random.choice([name for name in FILENAMES if ".whl" in name])
    else:
        name = project_name(random) if random.random() < 0.5 else random.choice(WORDS)
        parts = [name.replace("-", "_") if random.random() < 0.9 else name]
        parts.append(version(random).replace("-", random.choice(["_", "_", "."])))
        if random.random() < 0.3:
            parts.append(random.choice(["1", "12a", "0_x", "a1", "", "1.2", "2018"]))
        for choices in (PYTHON_TAGS, ABI_TAGS, PLATFORM_TAGS):
            parts.append(tags(random, choices))
        text = "-".join(parts) + random.choice([".whl"] * 12 + [".WHL", ".whl ", "", ".zip"])
    return clip(mutate(random, text) if random.random() < 0.3 else text)


def other_filename(random: Random) -> str:
    if random.random() < 0.1:
        text = random.choice(FILENAMES)
    else:
        text = project_name(random)
        if random.random() < 0.9:
            text += "-" + version(random)
        if random.random() < 0.2:
            text += random.choice(PLATFORMS)
        text += random.choice(EXTENSIONS)
    return clip(mutate(random, text) if random.random() < 0.3 else text)


def any_filename(random: Random) -> str:
    return wheel_filename(random) if random.random() < 0.4 else other_filename(random)


def clip(text: str) -> str:
    return text.encode()[-LONGEST:].decode(errors="ignore")
