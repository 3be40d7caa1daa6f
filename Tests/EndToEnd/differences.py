"""The differences from PyPI's `packaging` that are explained, by the subject of their chapter."""

import re
from pathlib import Path

PAGE = Path(__file__).with_name("differences-packaging.md").read_text(encoding="utf-8")


def explained(subject: str) -> set[str]:
    """The headings of the chapter `# ... on SUBJECT`: the names by which tests know differences."""
    chapters = re.split(r"^# ", PAGE, flags=re.MULTILINE)
    (chapter,) = [text for text in chapters if text.partition("\n")[0].endswith(f" on {subject}")]
    return set(re.findall(r"^## (.+)$", chapter, re.MULTILINE))
