"""The pages for people, looked at by Chromium."""

import hashlib
import re
from xml.etree import ElementTree

import pytest
from selenium.webdriver.common.by import By

import binary
from support import browser as browsers
from support.html import parse_strictly

ATOM = "{http://www.w3.org/2005/Atom}"
SCREENSHOTS = binary.REPOSITORY / ".build" / "screenshots"


def record(filename, **facts):
    digest = hashlib.sha256(filename.encode()).hexdigest()
    return {"filename": filename, "hash": "sha256=" + digest, "size": 1234567, **facts}


def records():
    hostile = "</script><script>alert(1)</script>\"'&<!-- \u202e na\u00efve \u65e5\u672c"
    for minor in range(60):
        yield record(
            f"Busy.Project-1.{minor}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            requires_dist=[f"dependency{number}>=1; extra == \"all\"" for number in range(20)]
            + ["Only_Pre>=1"],
            requires_python=">=3.9",
            upload_time=f"2024-01-01T00:{minor:02d}:00Z",
            summary=hostile,
            license=hostile,
            uploaded_by=hostile,
            **({"yanked": hostile} if minor % 9 == 0 else {}),
        )
    yield record("only_pre-1.0a1-py3-none-any.whl")
    yield record("all-yanked-1.0.tar.gz", yanked=True)
    yield record("no_version.zip")
    yield record("epoch-1!2.0+local.1-py3-none-any.whl")
    yield record("x" * 90 + "-" + "1" * 90 + ".tar.gz", uploaded_by="y" * 200)
    yield {"filename": "bare-1.0.tar.gz"}


@pytest.fixture(scope="module")
def index(run_pipeline, tmp_path_factory):
    """An index whose records have all that pages show, below a folder of the server."""
    folder = tmp_path_factory.mktemp("rich")
    tree = run_pipeline(
        list(records()),
        title="Team <b>Index</b> & \"more\"",
        logo="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
        logo_width=24,
        links=[{"label": "Handbook", "url": "handbook/"}],
        accent={"light": "#8a1c5c", "dark": "#f2a7cf"},
        footer="Questions?\nAsk <the> platform team.",
    )
    tree.root.rename(folder / "prefix")
    return folder


@pytest.fixture(scope="module")
def site(index):
    with browsers.serve(index) as url:
        yield url


@pytest.fixture
def browser(chromium):
    chromium.reset()
    return chromium


PAGES = {
    "home": "",
    "project": "project/busy-project/",
    "yanked": "project/all-yanked/",
    "unversioned": "project/no-version/",
    "long": "project/" + "x" * 90 + "/",
    "changes": "changelog/page1.html",
    "missing": "nope",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_right_everywhere_and_asks_for_nothing_elsewhere(browser, site, name):
    """In light and dark, on a desktop and a phone; kept as pictures for whoever wants to look."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    grounds = set()
    for width, mode in [(1280, "light"), (1280, "dark"), (390, "dark"), (390, "light")]:
        browser.show(width, mode)
        browser.driver.get(site + PAGES[name])
        grounds.add(
            browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        )
        assert browser.layout_shift() == 0
        browser.driver.save_screenshot(str(SCREENSHOTS / f"{name}-{width}-{mode}.png"))
        assert browser.driver.execute_script("return document.body.scrollWidth") <= width
        browser.driver.execute_script(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        if (width < 500) == (mode == "dark"):
            assert browser.violations() == []
    assert len(grounds) == 2
    asked = set(browser.requests())
    own = {"larder/style.css", *(["larder/site.js"] if name != "missing" else [])}
    assert asked == {site + PAGES[name], *(site + path for path in own)}
    assert [line for line in browser.log() if "404 (" not in line] == []


def test_the_line_to_install_names_the_index_and_is_copied(browser, site):
    browser.driver.get(site + "project/epoch/")
    rows = browser.driver.find_elements(By.CSS_SELECTOR, ".commands li")
    lines = [row.find_element(By.TAG_NAME, "code").text for row in rows]
    named = f"{site}simple/"
    assert lines == [
        f"pip install 'epoch==1!2.0+local.1' --index-url {named}",
        f"uv pip install 'epoch==1!2.0+local.1' --index-url {named}",
        f"poetry source add private {named}\n"
        "poetry add --source private 'epoch==1!2.0+local.1'",
    ]
    button = rows[1].find_element(By.TAG_NAME, "button")
    assert button.get_attribute("aria-label") == "Copy the lines for uv"
    button.click()
    assert button.text == "Copied"
    assert browser.driver.execute_script("return getSelection().toString()") == lines[1]


def test_without_scripts_lines_to_install_lead_to_no_other_index(browser, site):
    browser.run_scripts(False)
    browser.driver.get(site + "project/busy-project/")
    line = browser.driver.find_element(By.CSS_SELECTOR, ".commands code").text
    assert line == "pip install busy-project==1.59 --index-url INDEX_URL"
    for hidden in ("form", "button"):
        assert not browser.driver.find_element(By.TAG_NAME, hidden).is_displayed()


def test_requirements_lead_to_projects_of_the_index(browser, site):
    browser.driver.get(site + "project/busy-project/")
    links = browser.driver.find_elements(By.CSS_SELECTOR, "aside a")
    assert {link.get_attribute("href") for link in links} == {site + "project/only-pre/"}


@pytest.mark.parametrize(
    "path",
    [
        "nope", "project/nope/", "project/nope", "simple/nope/x/", "pypi/nope/1.0/json",
        "changelog/page9.html", "larder/names/nope.html",
    ],
)
def test_a_missing_page_leads_home_from_any_depth(browser, site, path):
    browser.driver.get(site + path + "?query#part")
    home = browser.driver.find_element(By.LINK_TEXT, "Go to the home page")
    assert home.get_attribute("href") == site
    assert browser.driver.find_element(By.TAG_NAME, "form").get_attribute("action") == site


def test_pages_parse_without_errors_and_hold_ascii_and_no_style_or_script(index):
    for page in (index / "prefix").rglob("*.html"):
        data = page.read_bytes()
        assert data.isascii(), page
        document = parse_strictly(data)
        assert document.find(".//header//b") is None, page
        inner = [e for e in document.iter("script") if e.get("src") is None]
        assert len(inner) == (page.name == "404.html"), page
        assert document.find(".//style") is None, page
        if "simple" in page.relative_to(index).parts:
            continue
        for element in document.iter():
            assert not [key for key in element.keys() if re.match("on|style", key)], page


def test_what_every_page_needs_is_small(index):
    root = index / "prefix"
    common = sum((root / "larder" / name).stat().st_size for name in ("style.css", "site.js"))
    bare = (root / "project" / "bare" / "index.html").stat().st_size
    assert common + bare < 25_000


def test_without_a_site_there_is_no_feed_and_with_one_it_is_an_atom_feed(
    index, run_pipeline
):
    assert not (index / "prefix" / "changelog" / "feed.atom").exists()
    url = "https://index.example/a/"
    tree = run_pipeline(list(records()), site_url=url, title="A & B")
    feed = ElementTree.fromstring(tree.read("changelog", "feed.atom"))
    texts = [entry.findtext(ATOM + "title") for entry in feed.iter(ATOM + "entry")]
    assert texts == [f"busy-project 1.{minor}" for minor in range(59, 9, -1)]
    assert feed.findtext(ATOM + "title") == "A & B"
    assert feed.findtext(ATOM + "updated") == "2024-01-01T00:59:00Z"
    entry = feed.find(ATOM + "entry")
    assert entry.findtext(ATOM + "updated") == "2024-01-01T00:59:00Z"
    assert entry.findtext(ATOM + "id") == url + "project/busy-project/#1.59"
    assert entry.find(ATOM + "link").get("href") == url + "project/busy-project/"
