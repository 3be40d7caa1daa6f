"""Reads all files of an index with a library of Python, as fast as it goes.

Called with the name of the library, the URL of the index, the form of pages, and how many projects
there must be.
"""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

JSON = "application/vnd.pypi.simple.v1+json"
HTML = "text/html"
WIDTH = 32


def pypi_simple(url, form):
    """pypi-simple: requests, and beautifulsoup for HTML; threads."""
    from pypi_simple import PyPISimple

    accept = JSON if form == "json" else HTML
    with PyPISimple(url) as client, ThreadPoolExecutor(WIDTH) as pool:
        projects = client.get_index_page(accept=accept).projects
        pages = pool.map(lambda name: client.get_project_page(name, accept=accept), projects)
        return len(projects), sum(len(page.packages) for page in pages)


def simple_repository(url, form):
    """simple-repository: httpx, asynchronous; it asks for both forms and takes what comes."""
    import httpx
    from simple_repository.components.http import HttpRepository

    async def read():
        limits = httpx.Limits(max_connections=WIDTH)
        async with httpx.AsyncClient(limits=limits, timeout=60) as client:
            repository = HttpRepository(url, http_client=client)
            projects = [item.name for item in (await repository.get_project_list()).projects]
            gate = asyncio.Semaphore(WIDTH)

            async def page(name):
                async with gate:
                    return len((await repository.get_project_page(name)).files)

            return len(projects), sum(await asyncio.gather(*map(page, projects)))

    return asyncio.run(read())


class Links(HTMLParser):
    """The attributes of all links of a page."""

    def __init__(self, text):
        super().__init__()
        self.links = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links.append(dict(attributes))


def with_aiohttp(url, form):
    """What a person would write who wants it fast: aiohttp, and json or html.parser."""
    import aiohttp

    headers = {"Accept": JSON if form == "json" else HTML}

    async def read():
        connector = aiohttp.TCPConnector(limit=WIDTH)
        async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

            async def get(path):
                async with session.get(path) as answer:
                    body = await answer.read()
                    return json.loads(body) if form == "json" else Links(body.decode()).links

            root = await get(url)
            if form == "json":
                names = [project["name"] for project in root["projects"]]
            else:
                names = [link["href"].rstrip("/") for link in root]

            async def page(name):
                found = await get(f"{url}{name}/")
                return len(found["files"] if form == "json" else found)

            return len(names), sum(await asyncio.gather(*map(page, names)))

    return asyncio.run(read())


READERS = {
    "pypi-simple": pypi_simple,
    "simple-repository": simple_repository,
    "aiohttp": with_aiohttp,
}

if __name__ == "__main__":
    name, url, form, expected = sys.argv[1:]
    projects, files = READERS[name](url, form)
    assert projects == int(expected) and files > projects, (projects, files)
