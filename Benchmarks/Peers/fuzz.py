"""Runs the tool on damaged files, random graphs and options: a signal, a code of 1, a hang or much memory is a find.

fuzz.py files SECONDS FOLDER [KIND ..]    damaged files; KIND is a group of jobs (arrays, tables, images, texts, rules,
                                          checkpoints, network_jobs, standard), all by default
fuzz.py graphs SECONDS FOLDER             random graphs against ONNX Runtime, whole and pruned
fuzz.py options SECONDS FOLDER            random options

What fails is kept in FOLDER/finds with the command that shows it. SEED in the environment gives another sequence."""

import collections, os, pathlib, random, sys, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from fuzzing import damaged_files, options, random_graphs

if len(sys.argv) < 4:
    sys.exit(__doc__)
work, seconds, folder = sys.argv[1], float(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
(folder / "finds").mkdir(parents=True, exist_ok=True)
chance = random.Random(int(os.environ.get("SEED", time.time_ns())))
trial = {"files": damaged_files, "graphs": random_graphs, "options": options}[work].trials(chance, folder, sys.argv[4:])
counts, finds, end = collections.Counter(), 0, time.monotonic() + seconds
while time.monotonic() < end:
    outcome, find = next(trial)
    counts[outcome] += 1
    if find:
        finds += 1
        print(find, flush=True)
print(
    f"{counts.total()} trials, {finds} finds;",
    ", ".join(f"{outcome}: {count}" for outcome, count in counts.most_common()),
)
sys.exit(1 if finds else 0)
