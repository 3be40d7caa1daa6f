"""Says of what a crash left whether it is the old index, the new one, or one to be mended."""

import re

LIKE_OLD, LIKE_NEW, MIXED = "as before", "published", "to be mended"
INTENT = "larder/intent.json"


class Judge:
    """Knows both indexes, and how the new one takes the place of the old one."""

    def __init__(self, mode, old, new):
        self.mode, self.old, self.new = mode, old, new

    def judge(self, tree, *, is_over=False):
        """What is there; an assertion fails for what must not be there."""
        if tree == self.new:
            return LIKE_NEW
        if is_over:
            # What was the last to go may come back, and goes again in the next run.
            rest = {path: page for path, page in tree.items() if path != INTENT}
            assert self.mode == "files" and rest == self.new, f"the new index is not there: {self.odd(tree)}"
            return LIKE_NEW
        if tree == self.old:
            return LIKE_OLD
        assert self.mode == "files", f"neither the old index nor the new one: {self.odd(tree)}"
        # The next run reads all pages where it finds this, so that it must be there before they differ.
        assert INTENT in tree, f"nobody sees that pages differ from the manifest: {self.odd(tree)}"
        for path, page in tree.items():
            whole = self.old.get(path), self.new.get(path)
            assert page in whole or path == INTENT, f"{path} is torn: {page[:99]}"
        for path in self.old.keys() & self.new.keys():
            assert path in tree, f"{path} is lost"
        for name in re.findall(r'href="([^"/]+)/"', tree["simple/index.html"].decode()):
            assert f"simple/{name}/index.html" in tree, f"the link to {name} dangles"
        return MIXED

    def odd(self, tree):
        """Some pages that are not those of the new index."""
        paths = tree.keys() | self.new.keys()
        return sorted(path for path in paths if tree.get(path) != self.new.get(path))[:5]


def served(tree):
    """What is in the folder that is served, but for pages on their way."""
    return {
        path.removeprefix("public/"): page
        for path, page in tree.items()
        if path.startswith("public/") and not path.startswith("public/larder/.larder-new-")
    }
