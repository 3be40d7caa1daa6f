"""Makes real, empty packages: wheels, and source archives that build without a network."""

import io
import pathlib
import tarfile
import zipfile

#: A build backend that lies in the source archive itself: pip needs the metadata of a source
#: archive, and asks the backend for it.
BACKEND = '''
import os

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    name = "{name}-{version}.dist-info"
    os.mkdir(os.path.join(folder, name))
    with open(os.path.join(folder, name, "METADATA"), "w") as file:
        file.write({metadata!r})
    return name

def build_wheel(folder, config_settings=None, metadata_directory=None):
    raise NotImplementedError
'''
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def make(folder: pathlib.Path, filename: str, name: str, version: str) -> None:
    """Writes a package into a folder; beside a wheel also its metadata."""
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    path = folder / filename
    if filename.endswith(".whl"):
        make_wheel(path, f"{name.replace('-', '_')}-{version}.dist-info", metadata)
        return
    top = f"{name}-{version}"
    backend = BACKEND.format(name=name.replace("-", "_"), version=version, metadata=metadata)
    files = {"PKG-INFO": metadata, "pyproject.toml": PROJECT, "backend.py": backend}
    if filename.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            for file, text in files.items():
                archive.writestr(f"{top}/{file}", text)
        return
    with tarfile.open(path, "w:gz" if filename.endswith("gz") else "w") as archive:
        for file, text in files.items():
            entry = tarfile.TarInfo(f"{top}/{file}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))


def make_wheel(path: pathlib.Path, folder: str, metadata: str) -> None:
    tag = "-".join(path.stem.split("-")[-3:])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{folder}/METADATA", metadata)
        archive.writestr(f"{folder}/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
        archive.writestr(f"{folder}/RECORD", "")
    path.with_name(f"{path.name}.metadata").write_text(metadata)
