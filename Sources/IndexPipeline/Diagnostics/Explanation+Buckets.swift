// Codes of buckets.
extension Explanation {
  static let ofBuckets = [
    Explanation(
      "access-denied",
      "A service does not let the key list the bucket or read an object. Some services say so of "
        + "buckets that are not there, too.",
      remedy: "give the key the permissions s3:ListBucket and s3:GetObject, or, if the bucket is "
        + "public, \"anonymous\": true."
    ),
    Explanation(
      "broken-listing",
      "The listing of a bucket contradicts itself, goes in circles, or is something else. It may "
        + "not be whole, and packages would silently be missing.",
      remedy: "check \"endpoint\": it must speak ListObjectsV2; then ask those who run it."
    ),
    Explanation(
      "changed-object",
      "An object was written anew between the listing of the bucket and the question about it.",
      remedy: "run again when nobody uploads."
    ),
    Explanation(
      "conflicting-digests",
      "The metadata of an object gives another SHA-256 than the service made of its bytes.",
      remedy: "find out which is right, and upload the file again with the right one."
    ),
    Explanation(
      "no-bucket",
      "A service has no bucket of that name.",
      remedy: "check \"bucket\", \"region\" and \"endpoint\"."
    ),
    Explanation(
      "no-credentials",
      "There is no key to sign requests with: not in the pipeline file, the environment, the "
        + "shared files, the container or the machine.",
      remedy: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give \"anonymous\": true."
    ),
    Explanation(
      "no-object",
      "An object that the listing of a bucket has is gone.",
      remedy: "run again when nobody deletes."
    ),
    Explanation(
      "no-profile",
      "The shared files have no profile of the name that \"profile\" or AWS_PROFILE gives.",
      remedy: "check the name, and AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE."
    ),
    Explanation(
      "no-region",
      "Nothing says in which region a bucket is, and signatures hold for one only.",
      remedy: "give \"region\", or set AWS_REGION."
    ),
    Explanation(
      "unknown-credentials",
      "A key is to be got in a way that Larder cannot follow, such as a role or a sign-in. It does "
        + "not take another key instead.",
      remedy: "put the key into the environment: aws configure export-credentials --format env."
    ),
    Explanation(
      "unsafe-key",
      "A part of the key of an object is \".\" or \"..\": clients resolve such URLs, and would ask "
        + "for something else.",
      remedy: "copy the object to another key, or give \"on_error\": \"skip\" to leave it out."
    ),
    Explanation(
      "wrong-clock",
      "The clock of this machine and that of the service differ by more than signatures allow.",
      remedy: "set the clock."
    ),
    Explanation(
      "wrong-credentials",
      "A service knows no such key, the signature is not what its secret makes, or it is too old.",
      remedy: "check the key, or where it comes from."
    ),
    Explanation(
      "wrong-region",
      "A bucket is in another region, or is not at this endpoint.",
      remedy: "give the \"region\" that the message names, or check \"endpoint\"."
    ),
  ]
}
