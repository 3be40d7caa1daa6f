// Codes of what `verify` finds.
extension Explanation {
  package static let ofVerifying = [
    Explanation(
      "bad-digest",
      "A page lists a digest that installers cannot use: an algorithm that they do not know, digits "
        + "of another number or in capitals, or a fragment that is none. uv refuses the whole page "
        + "for some of them.",
      remedy: "publish sha256 digests."
    ),
    Explanation(
      "bad-link",
      "A link of a page is none that an installer follows, or does not end in the name of its file "
        + "or project.",
      remedy: "publish the page again; if it comes back, look at the URLs in the source."
    ),
    Explanation(
      "bad-member",
      "A file in a JSON page says something in a way that the specification does not allow, such as "
        + "a size of null. uv refuses the whole page for it.",
      remedy: "publish the page with a generator that leaves out what it does not know."
    ),
    Explanation(
      "bare-yank",
      "A file is marked as yanked by `data-yanked` without a value. pip takes it for not yanked.",
      remedy: "write data-yanked=\"\" instead."
    ),
    Explanation(
      "changed-page",
      "A page has other bytes than those that the manifest says were published: it was damaged, or "
        + "changed by hand; or the manifest is an old one.",
      remedy: "publish with `larder run --rebuild`, which writes all pages."
    ),
    Explanation(
      "damaged-manifest",
      "The list of what was published is not as it was written, or cannot be read. The pages were "
        + "looked at as those of an index without one.",
      remedy: "publish with `larder run --rebuild`, which writes all pages."
    ),
    Explanation(
      "damaged-page",
      "A page cannot be read in full: it was cut, or is not of its kind. Installers fail on it, or "
        + "see fewer files.",
      remedy: "publish it again."
    ),
    Explanation(
      "dead-link",
      "A page links to something below the same root that is not there. pip and uv fail when they "
        + "choose that file.",
      remedy: "put the file there, or publish without it."
    ),
    Explanation(
      "empty-folder",
      "The folder of a project has nothing in it. Web servers answer 403 for it, and uv then looks at "
        + "no other index, as it does after a 404.",
      remedy: "remove the folder."
    ),
    Explanation(
      "forms-disagree",
      "The HTML form and the JSON form of one page do not say the same. pip and uv read JSON, older "
        + "installers HTML: what is installed depends on who asks.",
      remedy: "publish both forms again, in one run."
    ),
    Explanation(
      "legacy-time",
      "The legacy JSON API gives times as `2018-06-09T23:26:45`; programs that read it may refuse "
        + "a space.",
      remedy: "publish the index with Larder, or take the `upload_time_iso_8601`."
    ),
    Explanation(
      "listed-twice",
      "A page lists the same name twice. Which of the two counts, installers do not agree on.",
      remedy: "publish the page again; if it comes back, look for the name in the sources."
    ),
    Explanation(
      "long-cache",
      "The server lets caches keep a page of the simple API for long. pip since 26.2 and uv then do "
        + "not see new releases for as long.",
      remedy: "send Cache-Control: max-age=600 or less for these pages; files may be kept for good."
    ),
    Explanation(
      "lost-copy",
      "A page has no compressed copy beside it, though the manifest tells of one. Servers send the page "
        + "itself.",
      remedy: "publish with `larder run --rebuild`, which writes all pages."
    ),
    Explanation(
      "lost-metadata",
      "A page says that the metadata of a file lies beside it, and it does not. pip and uv then fail, "
        + "and do not fall back to the file.",
      remedy: "publish the .metadata file, or publish the page without its core-metadata."
    ),
    Explanation(
      "lost-page",
      "A page is not there that the manifest lists, or that no index is without.",
      remedy: "publish with `larder run --rebuild`, which writes all pages."
    ),
    Explanation(
      "lost-project",
      "The root page lists a project that has no page.",
      remedy: "publish the index again."
    ),
    Explanation(
      "no-folder-pages",
      "The server has `simple/name/index.html`, but not `simple/name/`, which is what installers ask "
        + "for: a bucket knows no index pages.",
      remedy: "let the server show index.html for folders; for a bucket, set \"index_keys\"."
    ),
    Explanation(
      "no-not-found-page",
      "There is no 404.html. Some hosts of static pages then answer 200 with the home page for every "
        + "path, and installers take that for a broken project.",
      remedy: "publish a 404.html."
    ),
    Explanation(
      "no-vary",
      "The server gives HTML or JSON for one URL, by what is asked for, and does not tell caches so. "
        + "One between it and an installer may then give JSON to one that reads HTML only.",
      remedy: "send Vary: Accept for the pages of the simple API; Tree.md shows the lines."
    ),
    Explanation(
      "other-url",
      "A page links to a file at another URL than the page of the simple API does. One of the two is "
        + "not there; a URL that is relative must fit the depth of its page.",
      remedy: "publish the index with Larder, which fits relative URLs to each page."
    ),
    Explanation(
      "partial-hashes",
      "Some files of a project have a digest and others have none, so that `--require-hashes` works "
        + "for some of them only.",
      remedy: "let the pipeline compute what is missing: the transform enrich does."
    ),
    Explanation(
      "root-link",
      "Links of the root page lead to `name/index.html`. Poetry takes what is in the link for the "
        + "name of the project.",
      remedy: "link to name/ instead."
    ),
    Explanation(
      "stale-copy",
      "A compressed copy that lies beside a page is not that page, or is damaged. A server that sends such "
        + "copies answers an old page, or none that can be read, to nearly all who ask.",
      remedy: "publish with `larder run --rebuild`; or remove the copy, if other programs make it."
    ),
    Explanation(
      "strayed-file",
      "The page of a project lists a file of another one, or is the page of another one.",
      remedy: "publish the page again; if it comes back, look for the file in the sources."
    ),
    Explanation(
      "unchecked-page",
      "A page has more in one tag or one text than Larder reads, such as a reason of 64 KiB. Its bytes "
        + "were compared with the manifest if there is one; its links were not followed.",
      remedy: "shorten what is so long; or look at the page yourself."
    ),
    Explanation(
      "unencoded-url",
      "A URL has a plus sign. Object stores such as S3 read it as a space, and do not find the file.",
      remedy: "write it as %2B, as Larder does."
    ),
    Explanation(
      "unlisted-copy",
      "A compressed copy lies where one of a page would, and there is no such page: it was left over, or "
        + "put there by hand. Some servers answer with it all the same.",
      remedy: "remove it."
    ),
    Explanation(
      "unlisted-page",
      "A page lies where Larder's pages are, and the manifest does not list it: it was left over, or "
        + "put there by hand. Installers find it all the same.",
      remedy: "remove it."
    ),
    Explanation(
      "unlisted-project",
      "A project has a page, and the root page does not list it: it was left over. Installers find "
        + "it all the same.",
      remedy: "remove its pages, or publish the index again."
    ),
    Explanation(
      "unnormalized-name",
      "The folder of a project has not its normalized name, which is the only one that installers ask "
        + "for.",
      remedy: "rename it: lower case, and one hyphen for each run of hyphens, dots and underscores."
    ),
    Explanation(
      "unservable-page",
      "A page is there, but the web server cannot read it, or answers with an error.",
      remedy: "give files mode 0644 and folders 0755; in a bucket, look at its policy."
    ),
    Explanation(
      "wrong-answer",
      "The server answers something else than 404 for a project that is not there. Installers that "
        + "have several indexes then stop, or take the answer for a page.",
      remedy: "let the server answer 404; a bucket does if its policy allows to list it."
    ),
    Explanation(
      "wrong-content-type",
      "The server calls a page something that it is not. Installers read pages of three content types "
        + "only, and fail on any other.",
      remedy: "set the content types of the pages; Tree.md shows the lines for web servers."
    ),
    Explanation(
      "wrong-file",
      "A distribution has other bytes than its page says. Installers refuse it.",
      remedy: "restore the file; never put other bytes under a name that was published."
    ),
    Explanation(
      "wrong-latest",
      "The legacy JSON API tells a version as the latest that is yanked or a pre-release, though there "
        + "is one that is neither. Bots that read it propose that version.",
      remedy: "publish the index with Larder, or pass the version over."
    ),
    Explanation(
      "wrong-metadata",
      "The metadata beside a file has another digest than its page says. pip and uv then fail.",
      remedy: "publish the .metadata file again, as it is in the wheel."
    ),
    Explanation(
      "wrong-version",
      "The legacy JSON API lists a file under another version than the file name says.",
      remedy: "publish the index with Larder, or rename the file."
    ),
  ]
}
