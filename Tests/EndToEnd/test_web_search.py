"""The search of the home page, in Chromium, and the way to each project without it."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from support import browser as browsers

WORDS = "acid bark clay dune echo fern gale husk iris jade kelp lava moss nest opal pine".split()


def names():
    """Names of which many begin alike, and many end alike."""
    yield from ("acid", "fern", "zebra")
    for number in range(4000):
        first, second = WORDS[number % 3], WORDS[number // 3 % 16]
        yield f"{first}-{second}-{number}"
    for number in range(100, 2400):
        yield f"{'xyz'[number % 3]}{number}-kit"


@pytest.fixture(scope="module")
def large(run_pipeline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    files = [name.replace("-", "_") + "-1.0.tar.gz" for name in names()]
    tree = run_pipeline(files, per_release_json=False)
    tree.root.rename(folder / "prefix")
    return folder


@pytest.fixture(scope="module")
def small(run_pipeline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    tree = run_pipeline([f"{name}-1.0.zip" for name in ("busy_bee", "bee", "a_busy_day", "wasp")])
    tree.root.rename(folder / "prefix")
    return folder


@pytest.fixture(scope="module")
def site(large):
    with browsers.serve(large) as url:
        yield url


@pytest.fixture(scope="module")
def small_site(small):
    with browsers.serve(small) as url:
        yield url


@pytest.fixture
def browser(chromium):
    chromium.reset()
    yield chromium
    assert chromium.log() == []


def find(browser, text):
    """Types into the box, and waits for the answer."""
    box = browser.driver.find_element(By.CSS_SELECTOR, "input[type=search]")
    output = browser.driver.find_element(By.TAG_NAME, "output")
    browser.driver.execute_script("arguments[0].value = ''", output)
    box.clear()
    box.send_keys(text)
    WebDriverWait(browser.driver, 20, 0.01).until(lambda _: output.text)
    return found(browser)


def found(browser):
    return browser.driver.execute_script(
        "return [...document.querySelectorAll('#found a')].map(a => a.textContent)"
    )


def said(browser):
    return browser.driver.find_element(By.TAG_NAME, "output").text


def test_a_project_is_found_by_its_beginning_and_by_that_of_its_parts(browser, site):
    browser.driver.get(site)
    assert find(browser, "acid")[:2] == ["acid", "acid-acid-0"]
    assert find(browser, "zeb") == ["zebra"]
    every = set(names())
    for text in ("x232", "fern-39", "399", "bark-nest-2", "y1999-k"):
        expected = {n for n in every if n.startswith(text) or "-" + text in n}
        assert expected and set(find(browser, text)) == expected, text
        assert said(browser) == f"{len(expected)} project" + "s" * (len(expected) > 1)


def test_words_are_found_in_any_order_and_spelling(browser, site):
    browser.driver.get(site)
    expected = find(browser, "clay pine 39")
    assert expected and all(n.startswith("clay-pine-39") for n in expected)
    assert find(browser, "  PINE 39 Clay ") == expected
    assert find(browser, "Clay_PINE.39") == expected


def test_of_too_many_the_first_are_shown(browser, site):
    browser.driver.get(site)
    assert len(find(browser, "kit")) == 100
    assert said(browser).startswith("The first 100 of more")
    assert find(browser, "no such thing") == [] and said(browser) == "No project has such a name"


def test_a_search_loads_a_few_small_files(browser, site, large):
    browser.driver.get(site)
    browser.requests()
    find(browser, "clay-pine-39")
    asked = [url.removeprefix(site) for url in browser.requests()]
    assert asked == [f"larder/search/{name}.txt" for name in ("_", "c")]
    sizes = [file.stat().st_size for file in (large / "prefix/larder/search").iterdir()]
    assert max(sizes) < 60_000


def test_clearing_the_box_brings_the_list_back(browser, small_site):
    browser.driver.get(small_site)
    every = browser.driver.find_element(By.ID, "all")
    assert find(browser, "busy") == ["busy-bee", "a-busy-day"] and not every.is_displayed()
    browser.driver.find_element(By.NAME, "q").send_keys(Keys.BACKSPACE * 4)
    assert every.is_displayed() and found(browser) == [] and said(browser) == "4 projects"


def test_the_keyboard_is_enough(browser, site):
    browser.driver.get(site)
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.driver.switch_to.active_element.text == "Skip to the content"
    browser.driver.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.driver.switch_to.active_element
    assert box.get_attribute("name") == "q" and box.get_attribute("value") == ""
    hits = find(browser, "fern-39")
    box.send_keys(Keys.ARROW_DOWN)
    browser.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    second = browser.driver.switch_to.active_element
    assert second.text == hits[1]
    second.send_keys(Keys.ENTER)
    assert browser.driver.current_url == f"{site}project/{hits[1]}/"


def test_every_page_searches_and_enter_opens_the_first_project(browser, site):
    browser.driver.get(site + "changelog/page1.html")
    browser.driver.find_element(By.NAME, "q").send_keys("zeb" + Keys.ENTER)
    WebDriverWait(browser.driver, 20, 0.01).until(lambda _: found(browser) == ["zebra"])
    assert browser.driver.current_url == site + "?q=zeb"
    browser.driver.find_element(By.NAME, "q").send_keys(Keys.ENTER)
    WebDriverWait(browser.driver, 20, 0.01).until(
        lambda driver: driver.current_url == site + "project/zebra/"
    )


def test_without_scripts_letters_lead_to_each_project(browser, site):
    browser.run_scripts(False)
    browser.driver.get(site)
    assert not browser.driver.find_element(By.NAME, "q").is_displayed()
    for text in ("clay-", "clay-d", "clay-dune-3995"):
        browser.driver.find_element(By.LINK_TEXT, text).click()
    assert browser.driver.current_url == site + "project/clay-dune-3995/"


def test_the_pages_of_names_have_each_project_once(large):
    root = large / "prefix"
    pages = [root / "index.html", *(root / "larder/names").iterdir()]
    rows = [line for page in pages for line in page.read_text().splitlines() if "project/" in line]
    linked = [line.split("project/")[1].split("/")[0] for line in rows if line.startswith("<li>")]
    assert sorted(linked) == sorted(names())


def test_a_folder_on_the_disk_can_be_read_and_a_short_list_be_searched(browser, small):
    browser.driver.get((small / "prefix" / "index.html").as_uri())
    assert find(browser, "bee") == ["bee", "busy-bee"]
    browser.driver.find_element(By.LINK_TEXT, "busy-bee").click()
    assert browser.driver.find_element(By.TAG_NAME, "h1").text == "busy-bee 1.0"
    line = browser.driver.find_element(By.CSS_SELECTOR, ".commands code").text
    assert line == f"pip install busy-bee==1.0 --index-url {(small / 'prefix').as_uri()}/simple/"
