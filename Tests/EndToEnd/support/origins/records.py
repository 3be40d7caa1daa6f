"""The records of the pool, in the words of those who make trees of them."""

import json
from datetime import datetime, timezone

from support.distributions import truth

#: dumb-pypi has no yank without a reason.
NO_REASON = "no reason was given"


def for_dumb_pypi():
    """A list in JSON lines."""
    return lines(shared_keys(file) | reason(file) for file in truth().values())


def for_larder():
    return lines(shared_keys(file) | more_keys(file) for file in truth().values())


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def shared_keys(file):
    found = {
        "filename": file.filename,
        "hash": f"sha256={file.sha256}",
        "upload_timestamp": file.time,
        "requires_python": file.requires_python,
    }
    if file.metadata_sha256 is not None:
        found["core_metadata"] = f"sha256={file.metadata_sha256}"
    return found


def reason(file):
    return {} if file.yanked is None else {"yanked_reason": file.yanked or NO_REASON}


def more_keys(file):
    return {"size": file.size, "yanked": file.yanked}


def iso(time):
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
