"""What the pages for people must not do, and when metadata is not advertised: checks 70, 74, 75."""

from urllib.parse import urljoin

from support.html import anchors, code_texts, parse_strictly

HOSTILE = "</script><script>alert(1)</script><!--"


def web_pages(index):
    return {
        path: page
        for path, page in index.files().items()
        if path.endswith(".html") and not path.startswith("simple/")
    }


def test_70_metadata_is_not_advertised_beside_a_url_with_a_query(build_index):
    """pip looks for it behind the query, uv before: neither finds the other's."""
    name = "foo-1.0-py3-none-any.whl"
    record = {
        "filename": name,
        "core_metadata": True,
        "url": f"https://pool.example/{name}?sig=1&x=2",
    }
    index = build_index([record])
    (link,) = index.anchors("foo")
    assert link["href"] == f"https://pool.example/{name}?sig=1&x=2"
    assert "data-core-metadata" not in link and "data-dist-info-metadata" not in link
    assert "core-metadata" not in index.simple_files("foo")[name]
    assert index.legacy("foo")["urls"][0]["core-metadata"] is False


def test_74_no_text_of_a_record_ends_a_script(build_index):
    names = ["foo-1.0.tar.gz", "bar-1.0.tar.gz"]
    facts = {
        key: HOSTILE
        for key in ("yanked_reason", "summary", "license", "uploaded_by", "requires_python")
    } | {"requires_dist": [HOSTILE]}
    plain = web_pages(build_index(names, title="Title"))
    hostile = web_pages(build_index([{"filename": name} | facts for name in names], title=HOSTILE))
    assert hostile.keys() == plain.keys()
    for path, page in hostile.items():
        assert code_texts(page) == code_texts(plain[path]), path
        assert b"<script>alert" not in page


def test_75_simple_pages_do_not_link_pages_for_people(rich_index):
    people = {urljoin("https://index.example/", path) for path in web_pages(rich_index)}
    people |= {page.removesuffix("index.html") for page in people}
    for project in ["", *rich_index.projects]:
        folder = f"simple/{project}/" if project else "simple/"
        for link in anchors(rich_index.read(folder, "index.html")):
            assert urljoin(f"https://index.example/{folder}", link.url) not in people


def test_pages_for_people_parse_without_errors(rich_index):
    pages = web_pages(rich_index)
    assert {"index.html", "404.html", "changelog/page1.html"} <= pages.keys()
    assert {f"project/{name}/index.html" for name in rich_index.projects} <= pages.keys()
    for page in pages.values():
        parse_strictly(page)
