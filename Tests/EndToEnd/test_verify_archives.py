"""`larder verify` reads archives as it reads folders."""

import io
import shutil
import tarfile
import zipfile

import pytest

from support.damages import IN_LISTED, Folder, FolderDamages
from support.pool import build_pool
from support.publisher import Publisher, names
from support.verifying import Verifier, plant

DAMAGES = 21


@pytest.fixture
def verify(larder):
    return Verifier(larder)


@pytest.mark.parametrize("kind", ["tar", "tar.gz", "tar.zst", "tar.xz", "zip"])
@pytest.mark.parametrize("place", [{}, {"prefix": "acme/python"}])
def test_what_the_sink_makes_is_sound(larder, verify, tmp_path, kind, place):
    archive = tmp_path / f"index.{kind}"
    sink = {"type": "tarball", "path": str(archive), **place}
    assert Publisher(larder, tmp_path, sink).run(names(8)).status == 0
    found = verify(archive)
    assert found.status == 0 and found.findings == [], found
    assert found.summary["manifest"] and found.summary["pages"] > 30


@pytest.fixture
def published(larder, tmp_path):
    """An index with its pool in one folder, and what the publication before had, by key."""
    output = tmp_path / "public"
    (tmp_path / "pool").mkdir()
    records = build_pool(tmp_path / "pool")
    assert larder.run(records[1:], output, packages_url="../../pool/").status == 0
    old = {key: Folder(output).read(key) for key in Folder(output).keys()}
    assert larder.run(records, output, packages_url="../../pool/").status == 0
    shutil.copytree(tmp_path / "pool", output / "pool")
    return output, old


def test_each_damage_is_found(verify, published, tmp_path):
    root, old = published
    archive = tmp_path / "index.tar"

    def look():
        with tarfile.open(archive, "w") as made:
            made.add(root, "./")
        return verify(archive)

    assert look().findings == []
    plant(
        DAMAGES, 1, lambda random_: FolderDamages(random_, Folder(root), old), IN_LISTED,
        lambda key: True, look,
    )
    assert look().findings == []


def test_a_file_that_is_there_twice_is_said(verify, published, tmp_path):
    archive = tmp_path / "index.tar"
    with tarfile.open(archive, "w") as made:
        made.add(published[0], "")
        made.add(published[0] / "index.html", "index.html")
    found = verify(archive)
    assert found.status == 1 and found.codes == {"unservable-page"} and found.names("index.html")


@pytest.mark.parametrize("kind", ["tar.gz", "zip"])
def test_what_is_cut_off_is_no_index(larder, verify, tmp_path, kind):
    archive = tmp_path / f"index.{kind}"
    sink = {"type": "tarball", "path": str(archive)}
    assert Publisher(larder, tmp_path, sink).run(names(8)).status == 0
    archive.write_bytes(archive.read_bytes()[:-200])
    done = verify.start(archive)
    assert done.returncode == 69 and done.stdout == ""
    assert f"error[cannot-read]: cannot read {archive}: " in done.stderr


def test_an_archive_of_anything_else_is_no_index(verify, tmp_path):
    archive = tmp_path / "photos.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("photo.jpg", b"x")
    archive.write_bytes(content.getvalue())
    done = verify.start(archive)
    assert done.returncode == 69 and "not-an-index" in done.stderr
