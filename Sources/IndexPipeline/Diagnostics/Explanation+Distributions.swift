// Codes of distributions that are published beside their pages.
extension Explanation {
  static let ofDistributions = [
    Explanation(
      "file-outside-index",
      "A sink has \"publish_files\", and a source has the bytes of a distribution, but the link to it "
        + "leads out of the index, such as to another server. A sink writes into its index only, so "
        + "that the link would lead to something else than what was published, or to nothing.",
      remedy:
        "let \"packages_url\", or the \"file_url\" of the source, be relative to the page of a "
        + "project and lead into the index, such as ../../pool/; or leave \"publish_files\" out."
    ),
    Explanation(
      "object-too-large",
      "Services that speak as S3 does take an object of more than 5 GiB in parts only, which Larder "
        + "does not send.",
      remedy:
        "upload the file by other means, and leave it out of the folder that is published: the "
        + "index links to it all the same if another source has its record."
    ),
    Explanation(
      "other-bytes",
      "A distribution is to be published where another one of its name is already. Installers and "
        + "caches keep what they got once, and lock files hold its digest: a name that changes its "
        + "meaning breaks them. Nothing was written.",
      remedy: "give the new file another version or build number. If nobody has seen the old one, "
        + "remove its record, run, and publish the new one then."
    ),
  ]
}
