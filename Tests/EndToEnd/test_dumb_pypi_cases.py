"""What dumb-pypi's own tests ask of it holds for `larder generate`.

Each case of dumb-pypi's suite is here in other words, and told through the command line: names and
versions are read in the tree. Where Larder means to do otherwise, the case says so.
"""

import hashlib
import json
import os
import stat

import pytest

import binary
import larder_tree
from index_tree import HTMLReader

POOL = ("--packages-url", "../../pool/")
MD5 = "md5=b1946ac92492d2347c6235b4d2611184"
SHA256 = f"sha256={hashlib.sha256(b'').hexdigest()}"


def build(folder, records, *arguments, url="../../pool/"):
    """An index of file names or records, which must succeed; its folder."""
    records = [{"filename": r} if isinstance(r, str) else r for r in records]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    done = binary.generate(
        *("--package-list-json", "-", "--output-dir", folder, "--packages-url", url, *arguments),
        stdin=lines,
    )
    assert done.returncode == 0, done.stderr
    return folder


def write_json_list(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def legacy(folder, name):
    return json.loads((folder / "pypi" / name / "json").read_text())


def snapshot(folder):
    """Every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# Names and versions. Versions are in their normal form, as the pages have them.

GUESSES = [
    ("dumb_init-1.2.0-py2.py3-none-manylinux1_x86_64.whl", "dumb-init", "1.2.0"),
    ("ocflib-2016.12.10.1.48-py2.py3-none-any.whl", "ocflib", "2016.12.10.1.48"),
    ("aspy.yaml-0.2.2-py2.py3-none-any.whl", "aspy-yaml", "0.2.2"),
    (
        "numpy-1.11.1rc1-cp27-cp27m-macosx_10_6_intel.macosx_10_9_intel.macosx_10_9_x86_64"
        ".macosx_10_10_intel.macosx_10_10_x86_64.whl",
        "numpy",
        "1.11.1rc1",
    ),
    # Not a version of PEP 440, and kept.
    (
        "somepackage-1.2.3.4.post5.post2-py3-none-any.whl",
        "somepackage",
        "1.2.3.4.post5.post2",
    ),
    ("aspy.yaml.zip", "aspy-yaml", None),
    ("ocflib-3-4.tar.gz", "ocflib-3-4", None),
    ("aspy.yaml-0.2.1.tar.gz", "aspy-yaml", "0.2.1"),
    ("numpy-1.11.0rc1.tar.gz", "numpy", "1.11.0rc1"),
    ("pandas-0.2beta.tar.gz", "pandas", "0.2b0"),
    ("scikit-learn-0.15.1.tar.gz", "scikit-learn", "0.15.1"),
    ("ocflib-2015.11.23.20.2.tar.gz", "ocflib", "2015.11.23.20.2"),
    ("flup-123-1.0.3.dev-20110405.tar.gz", "flup-123", "1.0.3.dev20110405"),
    ("package-123-1.3.7+build.11.e0f985a.zip", "package-123", "1.3.7+build.11.e0f985a"),
    # dumb-pypi knows that its versions of these are wrong; here they are right.
    ("mesos.cli-0.1.3-py2.7.egg", "mesos-cli", "0.1.3"),
    ("dumb-init-0.1.0.linux-x86_64.tar.gz", "dumb-init", "0.1.0"),
    ("greenlet-0.3.4-py3.1-win-amd64.egg", "greenlet", "0.3.4"),
    ("numpy-1.7.0.win32-py3.1.exe", "numpy", "1.7.0"),
    ("surf.sesame2-0.2.1_r291-py2.5.egg", "surf-sesame2", "0.2.1.post291"),
]


@pytest.fixture(scope="module")
def guessed(tmp_path_factory):
    return build(tmp_path_factory.mktemp("guessed") / "out", [name for name, _, _ in GUESSES])


@pytest.mark.parametrize(("filename", "name", "version"), GUESSES)
def test_finds_the_project_and_the_version(guessed, filename, name, version):
    assert filename in [link.filename for link in larder_tree.links_of_project(guessed, name)]
    releases = legacy(guessed, name)["releases"]
    found = [v for v, files in releases.items() if filename in [f["filename"] for f in files]]
    assert found == ([] if version is None else [version])
    if version is not None:
        assert (guessed / "pypi" / name / version / "json").is_file()


UNUSABLE = ["lol", "lol-sup", "-20160920.193125.zip", "playlyfe-0.1.1-2.7.6-none-any.whl"]
UNSAFE = ["..", "/blah-2.tar.gz", "lol-2.tar.gz/../"]


@pytest.mark.parametrize("flag", ["--package-list", "--package-list-json"])
@pytest.mark.parametrize("filename", ["", *UNUSABLE, *UNSAFE])
def test_skips_a_name_that_it_cannot_use(tmp_path, flag, filename):
    names = ["good-1.0.zip", filename, "good-2.0.zip"]
    lines = names if flag == "--package-list" else [json.dumps({"filename": n}) for n in names]
    done = binary.generate(
        *(flag, "-", "--output-dir", tmp_path / "out", *POOL, "--report", tmp_path / "report"),
        stdin="\n".join(lines) + "\n",
    )
    assert done.returncode == 0, done.stderr
    (skipped,) = json.loads((tmp_path / "report").read_text())["skipped"]
    assert (skipped["line"], skipped["text"]) == (2, lines[1])
    assert f"skipped: -:2: {skipped['reason']}: {lines[1]}\n" in done.stderr
    assert [p.name for p in (tmp_path / "out/pypi").iterdir()] == ["good"]
    assert sorted(legacy(tmp_path / "out", "good")["releases"]) == ["1.0", "2.0"]


def test_makes_an_index_in_spite_of_bad_names(tmp_path):
    listed = tmp_path / "package-list"
    listed.write_text("\n".join([*UNSAFE, "ocflib-2016.12.10.1.48-py2.py3-none-any.whl", ""]))
    done = binary.generate("--package-list", listed, "--output-dir", tmp_path, *POOL)
    assert done.returncode == 0 and done.stderr.count("skipped: ") == 3
    for path in ("simple/index.html", "simple/ocflib/index.html"):
        assert (tmp_path / path).is_file()
    assert (tmp_path / "package-list").is_file()


# What pages say of a file.


def test_links_without_and_with_a_digest(tmp_path):
    plain, hashed = "f.tar.gz", {"filename": "g.tar.gz", "hash": SHA256}
    # dumb-pypi's own test has a digest of seven digits; here that is left out, with a warning.
    short = {"filename": "h.tar.gz", "hash": "sha256=badf00d"}
    out = build(tmp_path / "out", [plain, hashed, short], url="/prefix")
    hrefs = [
        HTMLReader((out / f"simple/{name}/index.html").read_text()).anchors[0][0]["href"]
        for name in "fgh"
    ]
    assert hrefs == ["/prefix/f.tar.gz", f"/prefix/g.tar.gz#{SHA256}", "/prefix/h.tar.gz"]


@pytest.mark.parametrize(
    ("filename", "kind"),
    [
        ("foo-1.0-py2.py3-none-any.whl", "bdist_wheel"),
        ("foo-1.0.egg", "bdist_egg"),
        ("foo-1.0.zip", "sdist"),
        ("foo-1.0.tar.gz", "sdist"),
        ("foo-1.0.tar", "sdist"),
    ],
)
def test_names_the_kind_of_a_file(tmp_path, filename, kind):
    (file,) = legacy(build(tmp_path / "out", [filename]), "foo")["urls"]
    assert file["packagetype"] == kind


def test_says_all_that_is_known_of_a_file(tmp_path):
    record = {
        "filename": "f-1.0.tar.gz",
        "hash": MD5,
        "requires_python": ">=3.6",
        "upload_timestamp": 1528586805,
        "yanked_reason": "Wrong Python Pinning",
    }
    (file,) = legacy(build(tmp_path / "out", [record], url="/prefix"), "f")["urls"]
    expected = {
        "digests": {"md5": MD5[4:]},
        "filename": "f-1.0.tar.gz",
        "url": "/prefix/f-1.0.tar.gz",
        "requires_python": ">=3.6",
        "upload_time": "2018-06-09T23:26:45",
        "packagetype": "sdist",
        "yanked": True,
        "yanked_reason": "Wrong Python Pinning",
    }
    assert expected.items() <= file.items()


def test_says_of_a_file_name_what_it_says(tmp_path):
    (file,) = legacy(build(tmp_path / "out", ["f-1.0.tar.gz"], url="/prefix"), "f")["urls"]
    expected = {
        "filename": "f-1.0.tar.gz",
        "url": "/prefix/f-1.0.tar.gz",
        "requires_python": None,
        "packagetype": "sdist",
        "yanked": False,
        "yanked_reason": None,
    }
    assert expected.items() <= file.items()


def test_keeps_the_local_version_of_a_wheel(tmp_path):
    out = build(tmp_path / "out", ["f-1.0+local-py3-none-any.whl"])
    assert list(legacy(out, "f")["releases"]) == ["1.0+local"]
    assert (out / "pypi/f/1.0+local/json").is_file()


@pytest.mark.parametrize(
    "record",
    [
        {
            "filename": "f-1.0.tar.gz",
            "hash": SHA256,
            "requires_dist": ["aspy.yaml"],
            "requires_python": ">=3.6",
            "upload_timestamp": 1528586805,
            "uploaded_by": "asottile",
            "yanked_reason": "Wrong Python Pinning",
            "core_metadata": SHA256,
        },
        {"filename": "f-1.0.tar.gz"},
    ],
)
def test_gives_a_record_back_as_it_was(tmp_path, record):
    text = (build(tmp_path / "out", [record]) / "packages.json").read_text()
    assert text == json.dumps(record) + "\n"
    again = (build(tmp_path / "again", [json.loads(text)]) / "packages.json").read_text()
    assert again == text


def test_has_no_releases_of_files_without_a_version(tmp_path):
    page = legacy(build(tmp_path / "out", ["f.tar.gz"], url="/prefix"), "f")
    expected = {
        "name": "f",
        "version": None,
        "requires_dist": None,
        "requires_python": None,
        "platform": "UNKNOWN",
        "summary": None,
        "yanked": False,
        "yanked_reason": None,
    }
    assert expected.items() <= page["info"].items()
    assert (page["releases"], page["urls"]) == ({}, [])
    assert [p.name for p in (tmp_path / "out/pypi/f").iterdir()] == ["json"]


def test_describes_a_project_by_its_latest_release(tmp_path):
    records = [
        {"filename": "f-1.0.tar.gz"},
        {"filename": "f-2.0.tar.gz", "requires_python": ">=3.6"},
        {
            "filename": "f-2.0-py2.py3-none-any.whl",
            "requires_python": ">=3.6",
            "requires_dist": ["dumb-init"],
        },
        {"filename": "f-1.0-py2.py3-none-any.whl"},
    ]
    page = legacy(build(tmp_path / "out", records, url="/prefix"), "f")
    expected = {
        "name": "f",
        "version": "2.0",
        "requires_dist": ["dumb-init"],
        "requires_python": ">=3.6",
        "yanked": False,
        "yanked_reason": None,
    }
    assert expected.items() <= page["info"].items()
    names = {v: [file["filename"] for file in files] for v, files in page["releases"].items()}
    assert names == {
        "1.0": ["f-1.0-py2.py3-none-any.whl", "f-1.0.tar.gz"],
        "2.0": ["f-2.0-py2.py3-none-any.whl", "f-2.0.tar.gz"],
    }
    assert page["urls"] == page["releases"]["2.0"]
    assert [f["requires_python"] for f in page["urls"]] == [">=3.6", ">=3.6"]
    assert [f["requires_python"] for f in page["releases"]["1.0"]] == [None, None]


def test_orders_projects_versions_and_files(tmp_path):
    # The page of a project begins with the newest; it is read here from its end.
    names = """
        aspy.yaml-0.2.0-py2-none-any.whl aspy.yaml-0.2.1-py2-none-any.whl
        aspy.yaml-0.2.1-py3-none-any.whl aspy.yaml-0.2.1.tar.gz
        fluffy_server-1.0.0-py2.py3-none-any.whl fluffy-server-1.0.0.tar.gz
        fluffy_server-1.1.0-py2.py3-none-any.whl fluffy-server-1.1.0.tar.gz
        fluffy_server-1.2.0-py2.py3-none-any.whl fluffy-server-1.2.0.tar.gz
        fluffy_server-10.0.0-py2.py3-none-any.whl fluffy-server-10.0.0.tar.gz
        wsgi-mod-rpaf-1.0.1.tar.gz wsgi-mod-rpaf-2.0.0.tar.gz
        zpkg-1-cp38-cp38-manylinux_2_28_aarch64.whl zpkg-1-cp39-cp39-manylinux_2_28_aarch64.whl
        zpkg-1-cp310-cp310-manylinux_2_28_aarch64.whl
    """.split()
    out = build(tmp_path / "out", sorted(names, key=hash))
    found = [
        link.filename
        for name in ["aspy-yaml", "fluffy-server", "wsgi-mod-rpaf", "zpkg"]
        for link in reversed(larder_tree.links_of_project(out, name))
    ]
    assert found == names
    rows = larder_tree.read_changelog(
        "changelog/page1.html", (out / "changelog/page1.html").read_text()
    )
    assert [row.filename for row in rows] == names


def test_orders_numbers_in_file_names_by_their_value(tmp_path):
    names = [f"f-1.0-cp3-none-{tag}.whl" for tag in ["0a1", "a0", "a1", "a9", "a10", "a", "b"]]
    out = build(tmp_path / "out", names[::-1])
    assert [x.filename for x in reversed(larder_tree.links_of_project(out, "f"))] == names


# What is written.


def test_writes_the_tree_beside_its_list(tmp_path):
    listed = tmp_path / "package-list"
    listed.write_text("ocflib-2016.12.10.1.48-py2.py3-none-any.whl\n")
    done = binary.generate("--package-list", listed, "--output-dir", tmp_path, *POOL)
    assert done.returncode == 0, done.stderr
    for path in (
        *("packages.json", "index.html", "changelog/page1.html", "simple/index.html"),
        *("simple/ocflib/index.html", "pypi/ocflib/json", "pypi/ocflib/2016.12.10.1.48/json"),
    ):
        assert (tmp_path / path).is_file(), path
    assert listed.read_text() == "ocflib-2016.12.10.1.48-py2.py3-none-any.whl\n"


def test_writes_the_tree_of_records(tmp_path):
    listed = tmp_path / "package-list"
    records = [
        {
            "filename": "ocflib-2016.12.10.1.48-py2.py3-none-any.whl",
            "uploaded_by": "ckuehl",
            "upload_timestamp": 1515783971,
            "hash": MD5,
            "requires_python": ">=3.6",
            "requires_dist": ["dumb-init", "flask"],
        },
        {
            "filename": "numpy-1.11.0rc1.tar.gz",
            "upload_timestamp": 1515783971,
            "yanked_reason": "Wrong Python Pinning",
        },
        {"filename": "scikit-learn-0.15.1.tar.gz"},
        {"filename": "aspy.yaml.zip"},
    ]
    write_json_list(listed, records)
    done = binary.generate("--package-list-json", listed, "--output-dir", tmp_path, *POOL)
    assert done.returncode == 0, done.stderr
    for name in ("ocflib", "numpy", "scikit-learn", "aspy-yaml"):
        assert (tmp_path / "simple" / name / "index.html").is_file()
        assert (tmp_path / "pypi" / name / "json").is_file()
    assert (tmp_path / "pypi/ocflib/2016.12.10.1.48/json").is_file()
    found = [json.loads(line) for line in (tmp_path / "packages.json").open()]
    assert sorted(found, key=str) == sorted(records, key=str)


def test_files_can_be_read_by_all_that_the_umask_lets(tmp_path):
    out = build(tmp_path / "out", ["f-1.0.zip"])
    umask = os.umask(0o022)
    os.umask(umask)
    for path in out.rglob("*"):
        wanted = 0o777 if path.is_dir() else 0o666
        assert stat.S_IMODE(path.stat().st_mode) == wanted & ~umask, path


def test_leaves_the_moment_out_if_asked(tmp_path):
    with_moment = build(tmp_path / "a", ["pkg-1.0.tar.gz"])
    without = build(tmp_path / "b", ["pkg-1.0.tar.gz"], "--no-generate-timestamp")
    for path in ("simple/index.html", "simple/pkg/index.html"):
        assert "Generated on" in (with_moment / path).read_text()
        assert "Generated on" not in (without / path).read_text()
    again = build(tmp_path / "c", ["pkg-1.0.tar.gz"], "--no-generate-timestamp")
    assert snapshot(again) == snapshot(without)


def test_leaves_the_pages_of_releases_out_if_asked(tmp_path):
    out = build(tmp_path / "out", ["pkg-1.0.tar.gz"], "--no-per-release-json")
    assert [path.name for path in (out / "pypi/pkg").iterdir()] == ["json"]


def test_shows_title_and_logo_on_the_pages_for_people(tmp_path):
    options = ("--title", "Our <index>", "--logo", "https://host.example/l.png?a=1&b=2")
    out = build(tmp_path / "out", ["pkg-1.0.zip"], *options, "--logo-width", "40")
    home = (out / "index.html").read_text()
    assert "<title>Our &lt;index&gt;" in home and "<index>" not in home
    assert "https://host.example/l.png?a=1&amp;b=2" in home and "40" in home
    assert "Our &lt;index&gt;" in (out / "changelog/page1.html").read_text()
    for path in ("simple/index.html", "simple/pkg/index.html"):
        assert "Our" not in (out / path).read_text()


def test_keeps_what_is_not_its_own_and_drops_what_is_stale(tmp_path):
    out = build(tmp_path / "out", ["a-1.0.zip", "b-1.0.zip"])
    (out / "pool").mkdir()
    for path in ("pool/a-1.0.zip", "pool/b-1.0.zip", "robots.txt", ".htaccess"):
        (out / path).write_bytes(os.urandom(64))
    before = {path: (out / path).read_bytes() for path in snapshot(out) if "pool" in path}
    before |= {path: (out / path).read_bytes() for path in ("robots.txt", ".htaccess")}
    build(out, ["a-1.0.zip", "c-1.0.zip"])
    after = snapshot(out)
    assert before.items() <= after.items()
    # dumb-pypi leaves the pages of b for ever.
    for folder in ("simple", "pypi", "project"):
        assert sorted(p.name for p in (out / folder).iterdir() if p.is_dir()) == ["a", "c"]


def test_a_run_that_fails_leaves_the_index_as_it_was(tmp_path):
    out = build(tmp_path / "out", ["a-1.0.zip"])
    before = snapshot(out)
    done = binary.generate(
        *("--package-list-json", "-", "--output-dir", out, *POOL),
        stdin='{"filename": "b-1.0.zip"}\n{"filename": 1}\n',
    )
    assert done.returncode == 2
    assert snapshot(out) == before
    assert not [path.name for path in tmp_path.iterdir() if "next" in path.name]


# Partial rebuilds: dumb-pypi's tests run them in a folder that holds the lists only.


def rebuild(folder, before, after, kind="json"):
    if kind == "json":
        write_json_list(folder / "previous", before)
        flag = "--previous-package-list-json"
    else:
        (folder / "previous").write_text("".join(r["filename"] + "\n" for r in before))
        flag = "--previous-package-list"
    write_json_list(folder / "packages", after)
    lists = (flag, folder / "previous", "--package-list-json", folder / "packages")
    done = binary.generate(*lists, "--output-dir", folder, *POOL)
    assert done.returncode == 0, done.stderr
    assert (folder / "previous").is_file() and (folder / "packages").is_file()
    return done


def uploaded(filename, time):
    return {"filename": filename, "upload_timestamp": time}


def test_rebuilds_the_projects_that_changed(tmp_path):
    before = [
        *(uploaded("a-0.0.1.tar.gz", 1), uploaded("a-0.0.2.tar.gz", 1)),
        *(uploaded("b-0.0.1.tar.gz", 1), uploaded("b-0.0.2.tar.gz", 2)),
        *(uploaded("c-0.0.1.tar.gz", 1), uploaded("c-0.0.2.tar.gz", 2)),
    ]
    after = [
        *before[:5],
        uploaded("b-0.0.3.tar.gz", 3),
        uploaded("b-0.0.3-py39-none-any.whl", 3),
        uploaded("b-0.0.3-py310-none-any.whl", 3),
        uploaded("c-0.0.2.tar.gz", 999),
        uploaded("d-0.0.1.tar.gz", 1),
    ]
    rebuild(tmp_path, before, after)
    assert (tmp_path / "simple/index.html").is_file()
    for folder in ("simple", "pypi"):
        found = sorted(p.name for p in (tmp_path / folder).iterdir() if p.is_dir())
        assert found == ["b", "c", "d"]
    for path in ("simple/b/index.html", "pypi/b/json", "pypi/b/0.0.3/json", "pypi/d/0.0.1/json"):
        assert (tmp_path / path).is_file()
    page = "changelog/page1.html"
    rows = larder_tree.read_changelog(page, (tmp_path / page).read_text())
    assert [row.filename for row in rows] == [
        "c-0.0.2.tar.gz",
        "b-0.0.3-py39-none-any.whl",
        "b-0.0.3-py310-none-any.whl",
        "b-0.0.3.tar.gz",
        "b-0.0.2.tar.gz",
        "a-0.0.1.tar.gz",
        "a-0.0.2.tar.gz",
        "b-0.0.1.tar.gz",
        "c-0.0.1.tar.gz",
        "d-0.0.1.tar.gz",
    ]
    assert (tmp_path / "index.html").is_file()


def test_leaves_the_root_alone_if_no_project_is_new(tmp_path):
    before = [{"filename": "a-0.0.1.tar.gz"}, {"filename": "b-0.0.1.tar.gz"}]
    rebuild(tmp_path, before, [*before, {"filename": "b-0.0.2.tar.gz"}])
    assert not (tmp_path / "simple/index.html").exists()
    assert not (tmp_path / "simple/a").exists() and not (tmp_path / "pypi/a").exists()
    for path in ("simple/b/index.html", "pypi/b/json", "pypi/b/0.0.1/json", "index.html"):
        assert (tmp_path / path).is_file()
    assert (tmp_path / "changelog/page1.html").is_file()


@pytest.mark.parametrize("kind", ["json", "list"])
def test_writes_nothing_if_nothing_changed(tmp_path, kind):
    records = [{"filename": f"{name}-0.0.1.tar.gz"} for name in "abc"]
    # The order of the lines is no change.
    rebuild(tmp_path, records, records[::-1], kind)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["packages", "previous"]


def test_a_partial_rebuild_makes_what_a_full_one_makes(tmp_path):
    before = [uploaded(f"{name}-{n}.zip", n) for name in "abc" for n in (1, 2)]
    after = [*before[:3], uploaded("c-3.zip", 7), uploaded("d-1.zip", 9)]
    write_json_list(tmp_path / "before", before)
    write_json_list(tmp_path / "after", after)
    out = build(tmp_path / "out", before, "--no-generate-timestamp")
    (out / "own").write_text("kept")
    done = binary.generate(
        *("--previous-package-list-json", tmp_path / "before", "--no-generate-timestamp"),
        *("--package-list-json", tmp_path / "after", "--output-dir", out, *POOL),
    )
    assert done.returncode == 0, done.stderr
    full = build(tmp_path / "full", after, "--no-generate-timestamp")
    assert snapshot(out) == {**snapshot(full), "own": b"kept"}


# The command line.


@pytest.mark.parametrize(
    "arguments",
    [
        ["--package-list", "L", "--output-dir", "out", "--packages-url", "../../pool"],
        ["--package-list", "L", "--output", "out", "--packages", "../../pool"],
        ["--package-list=L", "--o=out", "--packages-u=../../pool", "--t=T", "--logo-w=3"],
        ["--package-list", "L", "--out", "out", "--packages", "x", "--no-g", "--no-p", "--logo=l"],
        ["--package-list-j", "J", "--output", "out", "--packages-url", "../../pool///"],
        ["--package-list-json", "-", "--output-dir", "out", "--packages-url", "../../pool"],
        ["--package-list", "-", "--output-dir", "out", "--packages-url", "/pool"],
    ],
)
def test_takes_flags_as_dumb_pypi_does(tmp_path, arguments):
    (tmp_path / "L").write_text("a-1.0.zip\nb-1.0.zip\n")
    write_json_list(tmp_path / "J", [{"filename": "a-1.0.zip"}, {"filename": "b-1.0.zip"}])
    is_json = any("json" in argument for argument in arguments)
    stdin = (tmp_path / ("J" if is_json else "L")).read_text()
    done = binary.generate(*arguments, stdin=stdin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "out/simple").iterdir() if p.is_dir()) == ["a", "b"]


GOOD = ["--package-list", "L", "--output-dir", "out", "--packages-url", "../../pool"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        GOOD[2:],
        GOOD[:4],
        [*GOOD[:2], *GOOD[4:]],
        [*GOOD, "--package-list-json", "J"],
        [*GOOD, "--previous-package-list", "L", "--previous-package-list-json", "J"],
        [*GOOD, "--unknown"],
        [*GOOD, "surplus"],
        [*GOOD, "--logo-width", "wide"],
        [*GOOD, "--title"],
        ["--package", "L", *GOOD[2:]],
        [*GOOD, "--prev", "L"],
        [*GOOD, "--no"],
    ],
)
def test_ends_with_2_for_wrong_flags(tmp_path, arguments):
    (tmp_path / "L").write_text("a-1.0.zip\n")
    write_json_list(tmp_path / "J", [{"filename": "a-1.0.zip"}])
    done = binary.generate(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: larder generate" in done.stderr and "Error: " in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("flag", ["-h", "--help", "--he"])
def test_shows_every_flag_if_asked(flag):
    done = binary.generate(flag)
    assert (done.returncode, done.stderr) == (0, "")
    for name in (
        *("--package-list", "--package-list-json", "--previous-package-list"),
        *("--previous-package-list-json", "--output-dir", "--packages-url", "--title", "--logo"),
        *("--logo-width", "--no-generate-timestamp", "--no-per-release-json"),
    ):
        assert f"{name} " in done.stdout


@pytest.mark.parametrize("previous", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "a-1.0.zip",
        '{"hash": "md5=0"}',
        '{"filename": null}',
        '{"filename": 7}',
        '{"filename": "b-1.0.zip", "require_python": ">=3"}',
        # dumb-pypi ends with 1 and a traceback for these two.
        '{"filename": "b-1.0.zip", "hash": "md5"}',
        '{"filename": "b-1.0.zip", "upload_timestamp": "1528586805"}',
    ],
)
def test_ends_with_2_for_a_bad_line_and_says_which(tmp_path, line, previous):
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_text(f'{{"filename": "a-1.0.zip"}}\n{line}\n{{"filename": "c-1.0.zip"}}\n')
    write_json_list(good, [{"filename": "a-1.0.zip"}])
    lists = ["--package-list-json", bad]
    if previous:
        lists = ["--package-list-json", good, "--previous-package-list-json", bad]
    done = binary.generate(*lists, "--output-dir", tmp_path / "out", *POOL)
    assert done.returncode == 2
    assert f"{bad}:2:" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("flag", ["--package-list", "--previous-package-list"])
@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_ends_with_1_for_a_list_that_it_cannot_read(tmp_path, flag, kind):
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    lists = [flag, path] if flag == "--package-list" else ["--package-list", "-", flag, path]
    done = binary.generate(*lists, "--output-dir", tmp_path / "out", *POOL, stdin="a-1.0.zip\n")
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_takes_lines_that_end_either_way(tmp_path, ending, last):
    text = ending.join(["a-1.0.zip", "b-1.0.tar.gz"]) + (ending if last else "")
    output = ("--output-dir", tmp_path / "out")
    done = binary.generate("--package-list", "-", *output, *POOL, stdin=text)
    assert done.returncode == 0 and "skipped: " not in done.stderr
    names = [json.loads(line)["filename"] for line in (tmp_path / "out/packages.json").open()]
    assert names == ["a-1.0.zip", "b-1.0.tar.gz"]


@pytest.mark.parametrize("flag", ["--package-list", "--package-list-json"])
def test_makes_an_index_of_nothing(tmp_path, flag):
    done = binary.generate(flag, "-", "--output-dir", tmp_path / "out", *POOL)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/packages.json").read_text() == ""
    for path in ("simple/index.html", "index.html"):
        assert (tmp_path / "out" / path).is_file()


def test_makes_the_folders_above_the_output(tmp_path):
    out = build(tmp_path / "some/where/below", ["a-1.0.zip"])
    assert (out / "simple/a/index.html").is_file()
