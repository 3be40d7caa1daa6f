// Codes of places that are read over HTTP.
extension Explanation {
  static let ofOrigins = [
    Explanation(
      "answer-too-large",
      "A server sent more than any page of packages holds, or a header that is too large. It was "
        + "stopped, so that it cannot fill the memory.",
      remedy: "check the URL; a huge index may have to be read in parts, with \"projects\"."
    ),
    Explanation(
      "broken-answer",
      "What a server sent is not HTTP, contradicts itself, or is compressed although nobody asked "
        + "for that.",
      remedy: "ask the URL with curl; often a proxy or a filter stands between."
    ),
    Explanation(
      "broken-page",
      "A page of packages cannot be read, or it is not certain that it is whole. Less than all is "
        + "never taken for all: packages would silently be missing.",
      remedy: "look at the page; if it is right in a browser, force what it is with \"as\"."
    ),
    Explanation(
      "busy-server",
      "A server could not be reached, did not answer in time, broke off, or said that it is busy "
        + "(status 408, 425, 429 or 5xx), as often as \"retry\" allows.",
      remedy: "run again later; \"retry\" of the source says how often and how long it waits."
    ),
    Explanation(
      "damaged-cache",
      "What was kept of an earlier run changed on the disk since.",
      remedy: "delete the folder of the cache: it is made anew."
    ),
    Explanation(
      "forbidden-redirect",
      "A server sent the request where it must not go: from https to http, in a circle, or to a "
        + "host that the pipeline does not name.",
      remedy: "give the URL that it leads to, or name its host in \"allow_hosts\"."
    ),
    Explanation(
      "foreign-file",
      "The page of a project lists a file whose name is another project's. It would be listed "
        + "there: whoever can upload to one project could slip a file into any.",
      remedy: "take it out at the origin, or give \"on_error\": \"skip\" to leave such files out."
    ),
    Explanation(
      "insecure-url",
      "A page that came over https gives a file an address at http, where anybody on the way could "
        + "change it.",
      remedy: "mend it at the origin, or give \"on_error\": \"skip\" to leave such files out."
    ),
    Explanation(
      "missing-page",
      "The root page of an index lists a project whose page is not there, as when it was deleted in "
        + "this moment.",
      remedy: "run again, or give \"on_error\": \"skip\" to leave such projects out."
    ),
    Explanation(
      "invalid-project",
      "The root page of an index lists what cannot be the name of a project.",
      remedy: "mend it at the origin, or give \"on_error\": \"skip\" to leave such names out."
    ),
    Explanation(
      "invalid-request",
      "A request cannot be sent as the pipeline file describes it.",
      remedy: "check the URL and the credentials for characters that do not belong there."
    ),
    Explanation(
      "not-an-index",
      "What is at a URL lists no packages: a page to sign in, a page for people, an empty answer.",
      remedy: "check the URL, and give credentials if the server wants some."
    ),
    Explanation(
      "older-index",
      "An index says that its last change is older than it was in the run before. A cache that is "
        + "stale, or somebody who withholds new releases, looks like that.",
      remedy: "wait for the origin to catch up; if it is meant, give \"allow_older\": true once."
    ),
    Explanation(
      "refused-request",
      "A server answered no for good: the page is not there, or not for everybody.",
      remedy: "check the URL and the credentials."
    ),
    Explanation(
      "too-deep",
      "A directory listing has more folders inside each other than \"depth\" allows.",
      remedy: "give a greater \"depth\", or the URL of an inner folder."
    ),
    Explanation(
      "untrusted-server",
      "A server could not prove who it is: its certificate is not trusted, expired, or another "
        + "host's.",
      remedy: "mend the server; for an authority of your own give \"ca_file\"."
    ),
  ]
}
