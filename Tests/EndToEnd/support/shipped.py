"""The pipelines that ship, without the trees that a reader of the README has made with them."""

import json
import shutil

from binary import REPOSITORY

FOLDER = REPOSITORY / "Pipelines"

#: Each JSON file by its path in the folder, parsed.
FILES = {str(path.relative_to(FOLDER)): json.loads(path.read_text())
         for path in sorted(FOLDER.rglob("*.json"))
         if "public" not in path.parts}
PIPELINES = [name for name, root in FILES.items() if "sinks" in root]
#: `test_bucket_publications.py` runs them.
NEED_A_BUCKET = {"ci-to-bucket/pipeline.json", "store-to-bucket/pipeline.json"}
#: Parts of pipelines are arrays, which are checked within a pipeline that includes them.
PARTS = [name for name, root in FILES.items() if isinstance(root, list)]


def copy(folder):
    """Copies all that the pipelines need to a new folder, and returns it."""
    return shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("public", ".*.larder-*"))
