"""bandersnatch's layout, served by nginx: pages that its own code makes of metadata as PyPI has it,
and files at the paths that PyPI gives them.
"""

import configparser
import hashlib
import os
from contextlib import contextmanager

from bandersnatch.package import Package
from bandersnatch.simple import SimpleAPI, SimpleDigest, SimpleFormat
from bandersnatch_storage_plugins.filesystem import FilesystemStorage
from support.distributions import truth
from support.origins import nginx
from support.origins.records import iso

SERIAL = 123_456


@contextmanager
def serve(pool, state):
    web = state / "web"
    write_pages(web, state)
    for file in truth().values():
        path = web / packages_path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(pool.flat / file.filename, path)
    with nginx.tree(web, web / "packages", state, "/packages") as url:
        yield url


def write_pages(web, state):
    config = configparser.ConfigParser()
    config["mirror"] = {"directory": str(state), "workers": "1"}
    storage = FilesystemStorage(config=config)
    api = SimpleAPI(storage, SimpleFormat.ALL, [], SimpleDigest.SHA256, False, None)
    for package in packages():
        folder = web / "simple" / package.name
        folder.mkdir(parents=True)
        pages = api.generate_simple_pages(package)
        (folder / "index.html").write_text(pages.html)
        (folder / "index.v1_json").write_text(pages.json)
    api.sync_index_page(True, web, SERIAL)


def packages():
    """The projects with their metadata, as PyPI's legacy JSON gives it."""
    found = {}
    for file in truth().values():
        package = found.setdefault(file.project, Package(file.project, SERIAL))
        if package._metadata is None:
            package._metadata = {"info": {}, "last_serial": SERIAL, "releases": {}}
        package.releases.setdefault(file.version, []).append(
            {
                "filename": file.filename,
                "url": f"https://files.example/{packages_path(file)}",
                "digests": {"sha256": file.sha256},
                "requires_python": file.requires_python,
                "size": file.size,
                "upload_time_iso_8601": iso(file.time),
                "yanked": file.yanked is not None,
                "yanked_reason": file.yanked or None,
            }
        )
    return found.values()


def packages_path(file):
    digest = hashlib.blake2b(file.sha256.encode(), digest_size=32).hexdigest()
    return f"packages/{digest[:2]}/{digest[2:4]}/{digest[4:]}/{file.filename}"
