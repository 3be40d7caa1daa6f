"""Archives that hold only what changed, and folders that they are applied to."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile

import pytest

from support.larder import finish

NAMES = ["x.tar", "x.tar.gz", "x.tar.zst", "x.tar.xz", "x.zip"]
OLD = ["acme-1.0.tar.gz", "same-1.0.zip", "gone-1.0.zip", "six-1.0.zip", "six-2.0.zip"]
NEW = ["acme-1.0.tar.gz", "acme-1.1+cpu.tar.gz", "same-1.0.zip", "six-1.0.zip", "new-1.zip"]
NOTE = "larder/delta.json"
MANIFEST = "larder/manifest.jsonl"


class Gap:
    """Where archives are made, and the folder on the other side that they are carried to."""

    def __init__(self, larder, folder, name="x.tar.zst", **fields):
        self.larder, self.folder, self.fields = larder, folder, fields
        self.name = name
        self.site = folder / "site"
        self.index = self.site / fields.get("prefix", "")

    def make(self, items, name, status=0, flags=(), render=None, **fields):
        """Publishes a list as an archive."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "list.txt").write_text("".join(f"{item}\n" for item in items))
        pipeline = self.folder / "pipeline.json"
        sink = {"type": "tarball", "path": f"{name}-{self.name}", **self.fields, **fields}
        pipeline.write_text(
            json.dumps({"version": 1, "sources": [{"type": "file", "path": "list.txt"}],
                        "render": render or {}, "sinks": [sink]})
        )
        done = finish([self.larder.binary, "run", pipeline, *flags], self.folder / "run")
        assert done.status == status, done.stderr
        self.run = done
        return self.folder / sink["path"]

    def unpack(self, archive, target):
        target.mkdir(exist_ok=True)
        # What unpacks all of these formats.
        subprocess.run(["bsdtar", "-x", "-f", archive, "-C", target], check=True)

    def apply(self, archive, status=0):
        done = subprocess.run(
            [self.larder.binary, "apply", archive, "--to", self.index],
            capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def tree(self):
        return tree(self.index)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


def members(archive):
    """The files of an archive with their bytes."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    done = subprocess.run(["bsdtar", "-c", "-f", "-", f"@{archive}"], capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as opened:
        return {member.name: opened.extractfile(member).read() for member in opened}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def gap(larder, tmp_path):
    """The old index is on the other side, and the delta to the new one is made."""
    gap = Gap(larder, tmp_path)
    gap.full = gap.make(OLD, "full")
    gap.unpack(gap.full, gap.site)
    gap.delta = gap.make(NEW, "delta", since=gap.full.name)
    gap.old = gap.tree
    return gap


def write_tar(path, files, extra=()):
    """Writes a tar archive of files, and of other members."""
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member in extra:
            archive.addfile(member)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_becomes_the_index_that_a_whole_archive_holds(larder, tmp_path, name):
    gap = Gap(larder, tmp_path, name, prefix="public")
    full = gap.make(OLD, "full")
    gap.unpack(full, gap.site)
    (gap.index / "pool").mkdir()
    (gap.index / "pool/acme-1.0.tar.gz").write_bytes(b"a distribution")
    delta = gap.make(NEW, "delta", since=full.name)
    whole = gap.make(NEW, "whole")
    gap.unpack(whole, tmp_path / "whole")
    expected = tree(tmp_path / "whole/public")

    held = members(delta)
    old = gap.tree
    changed = {path for path, content in expected.items() if old.get(path) != content}
    assert set(held) == {f"public/{path}" for path in changed | {NOTE}}
    note = json.loads(held[f"public/{NOTE}"])
    assert note["from"] == sha256(old[MANIFEST]) and note["to"] == sha256(expected[MANIFEST])
    assert set(note["removed"]) == set(old) - set(expected) - {"pool/acme-1.0.tar.gz"}
    assert "simple/gone/index.html" in note["removed"]
    assert "public/simple/same/index.html" not in held
    assert delta.stat().st_size < whole.stat().st_size or name == "x.tar"

    said = gap.apply(delta)
    assert f"{len(changed) - 1} pages written, {len(note['removed'])} removed" in said
    assert gap.tree == expected | {"pool/acme-1.0.tar.gz": b"a distribution"}
    assert "nothing was written" in gap.apply(delta)
    assert gap.tree == expected | {"pool/acme-1.0.tar.gz": b"a distribution"}


def test_a_folder_that_was_brought_up_to_date_passes_verify(gap):
    gap.apply(gap.delta)
    (gap.site / "pool").mkdir()
    for name in NEW:
        (gap.site / "pool" / name).write_bytes(b"")
    done = subprocess.run(
        [gap.larder.binary, "verify", gap.site], capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.startswith(f"{gap.site}: ok\n"), done.stdout


@pytest.mark.parametrize("name", ["x.tar.zst", "x.zip"])
def test_the_same_input_makes_the_same_bytes(larder, tmp_path, name):
    digests = set()
    for folder in ["one", "two"]:
        gap = Gap(larder, tmp_path / folder, name)
        full = gap.make(OLD, "full")
        delta = gap.make(NEW, "delta", since=full.name)
        before = delta.stat()
        digests.add(sha256(delta.read_bytes()))
        gap.make(NEW, "delta", since=full.name)
        # An archive that would be the same is not even written.
        assert delta.stat().st_mtime_ns == before.st_mtime_ns
    (tmp_path / "one/manifest.jsonl").write_bytes(members(tmp_path / f"one/full-{name}")[MANIFEST])
    gap = Gap(larder, tmp_path / "one", name)
    digests.add(sha256(gap.make(NEW, "other", since="manifest.jsonl").read_bytes()))
    assert len(digests) == 1


def test_deltas_are_applied_one_after_the_other(gap):
    second = gap.make(OLD + ["last-1.zip"], "second", since=gap.delta.name)
    said = gap.apply(second, status=1)
    assert "error[other-manifest]" in said
    assert f"expected: a {MANIFEST} with the SHA-256 {json.loads(members(second)[NOTE])['from']}" in said
    assert f"found: {sha256(gap.old[MANIFEST])}" in said
    assert gap.tree == gap.old
    gap.apply(gap.delta)
    gap.apply(second)
    whole = gap.make(OLD + ["last-1.zip"], "whole")
    gap.unpack(whole, gap.folder / "whole")
    assert gap.tree == tree(gap.folder / "whole")
    assert "error[other-manifest]" in gap.apply(gap.delta, status=1)


def test_a_delta_of_nothing_is_an_archive_too(gap):
    delta = gap.make(OLD, "none", since=gap.full.name)
    assert set(members(delta)) == {NOTE, MANIFEST}
    assert "nothing was written" in gap.apply(delta)
    assert gap.tree == gap.old


def test_a_new_title_is_a_delta_of_many_pages(gap):
    delta = gap.make(OLD, "title", since=gap.full.name, render={"title": "Other"})
    gap.apply(delta)
    gap.unpack(gap.make(OLD, "whole", render={"title": "Other"}), gap.folder / "whole")
    assert gap.tree == tree(gap.folder / "whole")


def test_a_plan_and_a_report_tell_the_difference(gap):
    (report,) = gap.run.report["sinks"]
    held = set(members(gap.delta)) - {NOTE, MANIFEST}
    assert set(report["added_pages"]) | set(report["changed_pages"]) == held
    assert set(report["removed_pages"]) == set(json.loads(members(gap.delta)[NOTE])["removed"])


def test_a_whole_archive_takes_the_place_of_a_delta(gap):
    whole = gap.make(NEW, "whole")
    bytes_of_whole = whole.read_bytes()
    shutil.copy(gap.delta, whole)
    gap.make(NEW, "whole")
    assert whole.read_bytes() == bytes_of_whole


@pytest.mark.parametrize(
    "fields, status, said",
    [
        ({"since": "nowhere.tar"}, 69, "No such file or directory"),
        ({"since": "delta-x.tar.zst"}, 78, '"since" is the archive that is written'),
        ({"since": "list.txt"}, 69, "error[unreadable-base]"),
        ({"since": "cut.jsonl"}, 69, "error[unreadable-base]"),
        ({"since": "changed.jsonl"}, 69, "its digest is another"),
    ],
)
def test_what_nothing_can_be_compared_with_is_said(gap, fields, status, said):
    manifest = gap.old[MANIFEST]
    (gap.folder / "cut.jsonl").write_bytes(manifest[:-9])
    (gap.folder / "changed.jsonl").write_bytes(manifest.replace(b'"count":', b'"count":1', 1))
    before = gap.delta.read_bytes()
    gap.make(NEW, "delta", status=status, **fields)
    assert said in gap.run.stderr
    assert gap.delta.read_bytes() == before


def test_what_is_no_delta_or_no_index_is_said(gap):
    assert "error[no-delta-archive]" in gap.apply(gap.full, status=65)
    assert "cannot read" in gap.apply(gap.folder / "nowhere", status=69)
    assert "error[damaged-delta]" in gap.apply(gap.folder / "list.txt", status=65)
    assert gap.tree == gap.old
    (gap.site / MANIFEST).unlink()
    assert "error[no-index]" in gap.apply(gap.delta, status=1)
    shutil.rmtree(gap.site)
    assert "error[no-index]" in gap.apply(gap.delta, status=1)
    assert not gap.site.exists()


def change(folder):
    (folder / "simple/same/index.html").write_text("somebody was here")


def remove(folder):
    (folder / "simple/same/index.html").unlink()


def add(folder):
    (folder / "simple/left").mkdir()
    (folder / "simple/left/index.html").write_text("left over")


@pytest.mark.parametrize("damage", [change, remove, add])
def test_a_folder_that_somebody_changed_is_left_alone(gap, damage):
    damage(gap.site)
    before = gap.tree
    said = gap.apply(gap.delta, status=1)
    assert "error[changed-index]" in said and "simple/" in said
    assert gap.tree == before


def link(name, target, kind=tarfile.SYMTYPE):
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def device(name):
    member = tarfile.TarInfo(name)
    member.type = tarfile.CHRTYPE
    return member


@pytest.mark.parametrize(
    "name, extra",
    [
        ("../evil", []), ("/tmp/evil", []), ("simple/../../evil", []), ("evil.html", []),
        ("simple/evil/index.html", []), ("larder/intent.json", []), ("pool/a-1.zip", []),
        ("pypi/acme/../json", []), ("simple/acme/index.html/x", []),
        (None, [link("simple/acme/index.html", "/etc/passwd")]),
        (None, [link("simple/acme", "/tmp")]),
        (None, [link("simple/x/index.html", "simple/acme/index.html", tarfile.LNKTYPE)]),
        (None, [device("simple/null/index.html")]),
        (None, [link("simple/", "", tarfile.DIRTYPE)]),
    ],
)
def test_an_archive_that_holds_anything_else_is_refused_whole(gap, name, extra):
    files = members(gap.delta)
    if name:
        files[name] = b"evil"
    evil = write_tar(gap.folder / "evil.tar", files, extra)
    beside = set(os.listdir(gap.folder))
    assert "error[damaged-delta]" in gap.apply(evil, status=65)
    assert gap.tree == gap.old and set(os.listdir(gap.folder)) == beside




def test_other_bytes_than_the_manifest_has_are_refused(gap):
    files = members(gap.delta)
    note = json.loads(files[NOTE])
    page = "simple/acme/index.html"
    cases = [
        files | {page: files[page] + b" "},
        {path: content for path, content in files.items() if path != page},
        {path: content for path, content in files.items() if path != MANIFEST},
        files | {MANIFEST: files[MANIFEST].replace(b"acme", b"acne")},
        files | {NOTE: json.dumps(note | {"to": "0" * 64}).encode()},
        files | {NOTE: json.dumps(note | {"removed": []}).encode()},
        files | {NOTE: json.dumps(note | {"removed": [*note["removed"], "../x"]}).encode()},
        files | {NOTE: json.dumps(note | {"removed": [*note["removed"], "pool/a"]}).encode()},
    ]
    for number, case in enumerate(cases):
        said = gap.apply(write_tar(gap.folder / "evil.tar", case), status=65)
        assert "error[damaged-delta]" in said, number
        assert gap.tree == gap.old
    twice = write_tar(gap.folder / "evil.tar", files, [])
    with tarfile.open(twice, "a") as archive:
        archive.addfile(tarfile.TarInfo(page))
    assert "it has two files called" in gap.apply(twice, status=65)
    assert "error[no-delta-archive]" in gap.apply(
        write_tar(gap.folder / "evil.tar", files | {NOTE: b"{}"}), status=65
    )
    # A good one is applied, whoever packed it.
    gap.apply(write_tar(gap.folder / "good.tar", {f"./{name}": files[name] for name in files}))


@pytest.mark.parametrize("kind", ["x.tar.gz", "x.tar.zst", "x.tar.xz", "x.zip"])
def test_a_bomb_is_refused_before_it_goes_off(gap, kind):
    files = members(gap.delta)
    files["simple/index.html"] = bytes(70 << 20)
    bomb = gap.folder / f"bomb-{kind}"
    if kind == "x.zip":
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    else:
        plain = write_tar(gap.folder / "bomb.tar", files)
        program = {"x.tar.gz": ["gzip"], "x.tar.zst": ["zstd"], "x.tar.xz": ["xz", "-0"]}[kind]
        with bomb.open("wb") as output, plain.open("rb") as source:
            subprocess.run([*program, "-c"], stdin=source, stdout=output, check=True)
        plain.unlink()
    said = gap.apply(bomb, status=65)
    assert "200 times its size" in said
    assert gap.tree == gap.old


@pytest.mark.parametrize("name", ["x.tar.zst", "x.tar", "x.zip"])
def test_a_delta_that_was_cut_off_changes_nothing(larder, tmp_path, name):
    gap = Gap(larder, tmp_path, name)
    gap.unpack(gap.make(OLD, "full"), gap.site)
    delta = gap.make(NEW, "delta", since=f"full-{name}")
    content, before = delta.read_bytes(), gap.tree
    # What is behind the last file of a tar archive may be missing: all of the index is there.
    for size in [0, 100, len(content) // 3, len(content) // 2]:
        (tmp_path / "cut").write_bytes(content[:size])
        done = subprocess.run([larder.binary, "apply", tmp_path / "cut", "--to", gap.site],
                              capture_output=True, text=True)
        assert done.returncode == 65, (size, done.stderr)
        assert gap.tree == before


@pytest.mark.parametrize("call", ["renameat2", "openat", "linkat", "mkdirat", "syncfs"])
def test_a_killed_application_leaves_the_old_index_or_the_new_one(gap, call):
    gap.unpack(gap.make(NEW, "whole"), gap.folder / "whole")
    new, killed = tree(gap.folder / "whole"), 0
    for number in [1, 2, 5, 15, 40, 70, 100]:
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
             "-e", f"inject={call}:signal=KILL:when={number}",
             gap.larder.binary, "apply", gap.delta, "--to", gap.site],
            capture_output=True, text=True,
        )  # fmt: skip
        assert gap.tree in (gap.old, new)
        if done.returncode == 0:
            break
        killed += 1
    assert killed, "the call does not occur"
    # The next one finishes it, or finds it done.
    gap.apply(gap.delta)
    assert gap.tree == new
    assert not list(gap.folder.glob(".site.larder-next*"))


def test_an_application_can_be_taken_back_by_hand_and_done_again(gap):
    gap.apply(gap.delta)
    assert tree(gap.folder / ".site.larder-previous") == gap.old
    gap.apply(gap.delta)
    assert tree(gap.folder / ".site.larder-previous") == gap.old


def test_a_later_run_publishes_over_it(gap):
    """The tree is one of `larder run` in every respect."""
    gap.apply(gap.delta)
    pipeline = gap.folder / "pipeline.json"
    pipeline.write_text(json.dumps({
        "version": 1, "sources": [{"type": "file", "path": "list.txt"}], "render": {},
        "sinks": [{"type": "filesystem", "path": "site"}],
    }))
    done = finish([gap.larder.binary, "run", pipeline], gap.folder / "run")
    assert done.status == 0 and "nothing changed" in done.stderr


def test_verify_says_of_a_delta_what_it_is(gap):
    done = subprocess.run(
        [gap.larder.binary, "verify", gap.delta], capture_output=True, text=True
    )
    assert done.returncode == 69 and "error[delta-archive]" in done.stderr
