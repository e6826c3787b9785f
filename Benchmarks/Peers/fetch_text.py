"""Writes text to try tokenizers and sentence-pair classifiers on, out of the PyPI package bigbench (358 MB).

Usage: fetch_text.py FOLDER [PACKAGE]    (PACKAGE: a copy of the source package that is there already)

FOLDER/sentences.txt   10,000 sentences of MultiEmo (reviews of hotels, products, physicians and schools) in its 11 languages, which take
                       turns, each with the same sentence
FOLDER/vitaminc        train.tsv and dev.tsv: claim, evidence, label (T. Schuster, A. Fisch, R. Barzilay, NAACL 2021): a claim and a
                       passage of Wikipedia that entails it, contradicts it, or leaves it open (neutral). Every tenth article is in
                       dev.tsv, so that no claim or passage is in both; the order is random, and always the same.
"""
import json, pathlib, random, subprocess, sys, tarfile, tempfile, zlib

VITAMINC, SENTENCES = "vitaminc_fact_verification/task.json", "multiemo/all_sentence_{}/task.json"
LANGUAGES = ["de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh"]
LABELS = {"True": "entailment", "Neither": "neutral", "False": "contradiction"}


def package(folder):
    """The source package, fetched unless it was named."""
    if len(sys.argv) > 2:
        return sys.argv[2]
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder,
                    "bigbench==1.0.0"], check=True)
    return next(pathlib.Path(folder).glob("bigbench-*.tar.gz"))


def sentences(tasks):
    """10,000 sentences, the languages in turn."""
    lines = [" ".join(example["input"].split("\n")) for row in zip(*(tasks[SENTENCES.format(language)] for language in LANGUAGES))
             for example in row]
    return lines[:10_000]


def pairs(examples):
    """Claims with their evidence, of which every tenth article is set aside: (train, dev)."""
    parts = ([], [])
    for example in examples:
        passage, claim = example["input"].split("\nClaim: ", 1)
        article = passage.split(":", 1)[0]
        label = LABELS[max(example["target_scores"], key=example["target_scores"].get)]
        row = [" ".join(text.split()) for text in (claim, passage)] + [label]
        parts[zlib.crc32(article.encode()) % 10 == 0].append("\t".join(row))
    for part in parts:
        random.Random(1).shuffle(part)
    return parts


def main(out):
    wanted, tasks = [VITAMINC] + [SENTENCES.format(language) for language in LANGUAGES], {}
    with tempfile.TemporaryDirectory() as folder, tarfile.open(package(folder)) as archive:
        for member in archive:
            for task in wanted:
                if member.name.endswith("/" + task):
                    tasks[task] = json.load(archive.extractfile(member))["examples"]
            if len(tasks) == len(wanted):
                break
    (out / "vitaminc").mkdir(parents=True, exist_ok=True)
    lines = sentences(tasks)
    (out / "sentences.txt").write_text("\n".join(lines) + "\n")
    train, dev = pairs(tasks[VITAMINC])
    for name, part in ("train", train), ("dev", dev):
        (out / "vitaminc" / f"{name}.tsv").write_text("\n".join(["claim\tevidence\tlabel"] + part) + "\n")
    print(f"{len(lines):,} sentences; {len(train):,} pairs to train on and {len(dev):,} to measure on are in {out}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
