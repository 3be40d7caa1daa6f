"""The records of the pool, in the words of those who make trees of them."""

import json
from datetime import datetime, timezone

from support.distributions import truth


def lines(pool_url=None):
    """A list in JSON lines with the keys that dumb-pypi and Larder have in common."""
    return "".join(json.dumps(record(file)) + "\n" for file in truth().values())


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
        # dumb-pypi has no yank without a reason.
        found["yanked_reason"] = file.yanked or "no reason"
    return found


def iso(time):
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
