"""The files of a folder."""


def files_in(folder):
    """The bytes of each file in a folder and below, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip
