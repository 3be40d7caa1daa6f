"""The records of the pool, in the words of those who make trees of them."""

import json
from datetime import datetime, timezone

from support.distributions import truth

#: dumb-pypi has no yank without a reason.
NO_REASON = "no reason was given"


def lines(with_sizes=False):
    """A list in JSON lines; all keys but the size mean the same to dumb-pypi and Larder."""
    sizes = {file.filename: {"size": file.size} if with_sizes else {} for file in truth().values()}
    return "".join(
        json.dumps(record(file) | sizes[file.filename]) + "\n" for file in truth().values()
    )


def record(file):
    found = {
        "filename": file.filename,
        "hash": f"sha256={file.sha256}",
        "upload_timestamp": file.time,
    }
    if file.requires_python is not None:
        found["requires_python"] = file.requires_python
    if file.metadata_sha256 is not None:
        found["core_metadata"] = f"sha256={file.metadata_sha256}"
    if file.yanked is not None:
        found["yanked_reason"] = file.yanked or NO_REASON
    return found


def iso(time):
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
