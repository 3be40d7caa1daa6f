"""Larder reads what real servers show: the records are the pool's true list, in full.

What each server carries stands in `support/views.py`; the first tests compare it, in Python alone,
with what the server sends, the others compare Larder with it.
"""

import json
import math
import re
import urllib.error
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote

import pytest

from support import distributions, listings
from support.larder import finish
from support.origins import apache, moto, nginx
from support.origins.records import NO_REASON, iso
from support.views import CADDY, EXACT, FLAT_PAGES, LISTINGS, SIMPLE, Carries

VIEWS = LISTINGS | CADDY | SIMPLE | FLAT_PAGES
TRUTH = distributions.truth()
every_view = pytest.mark.parametrize("name", VIEWS)


def truth_of(view):
    return {name: file for name, file in TRUTH.items() if view.shows(file)}


def true_digests(files):
    return {name: file.sha256 for name, file in files.items()}


def commands_with(text):
    """The processes with a text in their command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += [process.name] if text in (process / "cmdline").read_text() else []
    return found


def test_a_server_ends_with_all_that_it_started(distribution_pool, tmp_path):
    with apache.serve(distribution_pool, tmp_path):
        assert len(commands_with(str(tmp_path))) > 1
    assert commands_with(str(tmp_path)) == []


@every_view
def test_a_server_shows_the_whole_pool(origins, name):
    view = VIEWS[name]
    shown = view.read(origins.url(view.serve) + view.path)
    files = truth_of(view)
    assert sorted(shown) == sorted(files)
    assert listings.digests({name: file.url for name, file in shown.items()}) == true_digests(files)


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if view.time])
def test_a_listing_tells_the_times_that_it_should(origins, name):
    view = VIEWS[name]
    shown = view.read(origins.url(view.serve) + view.path)
    for name, file in truth_of(view).items():
        time = datetime.fromtimestamp(file.time, timezone.utc).strftime(view.time)
        assert time in shown[name].facts
        if view.carries.size == "exact":
            assert shown[name].facts.split()[-1] == str(file.size)


#: The words for one fact in JSON, in HTML and in lists.
WORDS = {
    "hashes": ("hashes", "hash"),
    "size": ("size",),
    "time": ("upload-time", "upload_timestamp", "upload_time", "mtime", "mod_time"),
    "requires_python": ("requires-python", "requires_python"),
    "metadata": ("core-metadata", "core_metadata"),
    "yanked": ("yanked", "yanked_reason"),
}


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if not view.time])
def test_a_server_tells_the_facts_that_it_should(origins, name):
    view = VIEWS[name]
    shown = view.read(origins.url(view.serve) + view.path)
    if isinstance(next(iter(shown.values())).facts, str):
        assert view.carries == Carries(metadata="beside")
        return
    told = {
        fact: any(file.facts.get(word) for file in shown.values() for word in words)
        for fact, words in WORDS.items()
    }
    carries = view.carries
    assert told == {
        "hashes": carries.hashes,
        "size": carries.size is not None,
        "time": carries.precision is not None,
        "requires_python": carries.requires_python,
        "metadata": carries.metadata in ("digest", "flag", "wheels"),
        "yanked": carries.yanked is not None,
    }


def read_records(larder, source, folder, packages_url):
    """The records of a source by file name, as `larder show records` prints them."""
    pipeline = folder / "pipeline.json"
    pipeline.write_text(
        json.dumps(
            {
                "version": 1,
                "sources": [source],
                "render": {"packages_url": packages_url},
                "sinks": [{"type": "filesystem", "path": "public"}],
            }
        )
    )
    done = finish([larder.binary, "show", "records", pipeline], folder / "run", report=False)
    assert done.status == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    found = {record["filename"]: record for record in records}
    assert len(found) == len(records)
    return found


def hashes(record):
    found = dict(record.get("hashes") or {})
    if record.get("hash"):
        found |= [record["hash"].split("=", 1)]
    return found


def yanked(record):
    """The reason, empty without one; nil without a yank."""
    value = record.get("yanked")
    if record.get("yanked_reason"):
        return record["yanked_reason"]
    return "" if value is True else None if value is False else value


def upload_time(record, file, precision):
    """The true time if the record agrees with it as far as the server can tell, else its own."""
    text = record.get("upload_time")
    if text is None:
        return None
    late = datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() - file.time
    is_approximate = "upload_time" in (record.get("approximate") or [])
    right = late == 0 and not is_approximate
    if precision == 60:
        right = is_approximate and 0 <= late <= 60
    return iso(file.time) if right else text


def size(record, file, carries):
    """The true size if the record agrees with it as far as the server can tell, else its own."""
    size = record.get("size")
    is_approximate = "size" in (record.get("approximate") or [])
    if carries == "rounded" and size is not None:
        # Servers write one digit behind the point, or none; some round up.
        unit = 1 << 20 if file.size >= 1 << 20 else 1 << 10
        right = is_approximate and abs(size - file.size) <= max(0.06 * file.size, unit / 2, 1024)
        return file.size if right else size
    return None if is_approximate else size


def core_metadata(record, file, carries):
    """What lies beside a file in a listing may be told or not."""
    value = record.get("core_metadata") or None
    told = (True, f"sha256={file.metadata_sha256}")
    if carries == "beside" and value in told and file.metadata_sha256 is not None:
        return None
    return value


def observed(record, file, carries):
    return {
        "hashes": hashes(record),
        "size": size(record, file, carries.size),
        "upload_time": upload_time(record, file, carries.precision),
        "requires_python": record.get("requires_python"),
        "core_metadata": core_metadata(record, file, carries.metadata),
        "yanked": yanked(record),
    }


def expected(file, carries):
    metadata = None
    if carries.metadata == "digest" and file.metadata_sha256 is not None:
        metadata = f"sha256={file.metadata_sha256}"
    elif carries.metadata == "wheels" and file.filename.endswith(".whl"):
        metadata = True
    reason = None
    if carries.yanked is not None and file.yanked is not None:
        without = NO_REASON if carries.yanked == "words" else ""
        reason = "" if carries.yanked == "flag" else file.yanked or without
    return {
        "hashes": {"sha256": file.sha256} if carries.hashes else {},
        "size": file.size if carries.size else None,
        "upload_time": iso(file.time) if carries.precision else None,
        "requires_python": file.requires_python if carries.requires_python else None,
        "core_metadata": metadata,
        "yanked": reason,
    }


def check(records, files, carries, packages_url):
    assert sorted(records) == sorted(files)
    assert {name: observed(records[name], files[name], carries) for name in files} == {
        name: expected(file, carries) for name, file in files.items()
    }
    urls = {
        name: record.get("url") or packages_url + quote(name) for name, record in records.items()
    }
    assert listings.digests(urls) == true_digests(files)


@every_view
def test_larder_reads_what_a_server_shows(larder, origins, name, tmp_path):
    view = VIEWS[name]
    url = origins.url(view.serve)
    # Lists have no URLs: their files are where the pipeline says.
    packages_url = f"{url}/pool/"
    records = read_records(larder, view.source(url), tmp_path, packages_url)
    check(records, truth_of(view), view.carries, packages_url)


def stored_files(url):
    """The files of the bucket; a store knows when a file was stored, and not how old it is."""
    listed = moto.objects(url)
    return {
        name: replace(file, time=int(listed[file.path]["LastModified"].timestamp()))
        for name, file in TRUTH.items()
    }


def test_a_bucket_holds_the_whole_pool(origins):
    listed = moto.objects(origins.url(moto.serve))
    keys = {key for key in listed if listings.DISTRIBUTION.search(key)}
    assert keys == {file.path for file in TRUTH.values()}
    assert all(listed[file.path]["Size"] == file.size for file in TRUTH.values())
    assert len(listed) > 7 * 10


PAGE_SIZE = 7


def bucket(url):
    return {
        "type": "s3",
        "bucket": moto.BUCKET,
        "prefix": "",
        "endpoint": url,
        "path_style": True,
        "page_size": PAGE_SIZE,
        "region": moto.REGION,
        "file_url": f"{url}/{moto.BUCKET}/{{key}}",
    }


def list_requests(origins):
    """The requests for pages of a list that the store has answered, with their pages' size."""
    return re.findall(r"GET \S*list-type=2\S* HTTP", origins.said(moto.serve))


def test_larder_reads_a_public_bucket_page_by_page(larder, origins, tmp_path):
    url = origins.url(moto.serve)
    pages = math.ceil(len(moto.objects(url)) / PAGE_SIZE)
    before = len(list_requests(origins))
    records = read_records(larder, bucket(url) | {"anonymous": True}, tmp_path, url)
    asked = list_requests(origins)[before:]
    assert len(asked) == pages and all(f"max-keys={PAGE_SIZE}" in line for line in asked)
    check(records, stored_files(url), EXACT, url)


def test_larder_signs_what_it_asks_of_a_bucket(larder, origins, monkeypatch, tmp_path):
    url = origins.url(moto.serve)
    source = bucket(url) | {
        "access_key_id": "${env:AWS_ACCESS_KEY_ID}",
        "secret_access_key": "${env:AWS_SECRET_ACCESS_KEY}",
    }
    with moto.checking_signatures(url) as (key_id, key):
        with pytest.raises(urllib.error.HTTPError):
            listings.get(f"{url}/{moto.BUCKET}?list-type=2")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key_id)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key)
        records = read_records(larder, source, tmp_path, url)
    check(records, stored_files(url), EXACT, url)


@pytest.mark.parametrize("layout", ["flat", "nested"])
def test_larder_reads_a_folder(larder, origins, layout, tmp_path):
    url = origins.url(nginx.listings) + f"/html/{layout}/"
    source = {
        "type": "directory",
        "path": str(getattr(origins.pool, layout)),
        "recursive": layout == "nested",
        "file_url": url + "{relative_path}",
    }
    records = read_records(larder, source, tmp_path, url)
    # What a yank is stands in no file.
    carries = Carries(True, "exact", 1, requires_python=True, metadata="beside")
    check(records, TRUTH, carries, url)
