"""Trials that damage one file of a job and run it."""

import itertools, pathlib, shutil

from fuzzing import bytes_mutations, onnx_mutations, running, seeds


def keep(folder, number, job, arguments, damaged, fault, errors):
    """Keeps the damaged file with the command and what it said; a line about it."""
    place = folder / "finds" / f"{job.name}-{number}"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(damaged, place / damaged.name)
    (place / "command.txt").write_text(f"{damaged}\n{' '.join(map(str, arguments))}\n{fault}\n{errors[-4000:]}\n")
    return f"{place.name}: {fault}: {errors.strip()[-160:]!r}"


def trials(random, folder, kinds):
    """Endless pairs of an outcome and, where it is a fault, a line about it."""
    seed_folder, outputs = folder / "seeds", folder / "outputs"
    shutil.rmtree(seed_folder, ignore_errors=True)
    seed_folder.mkdir(parents=True)
    groups = seeds.jobs(seed_folder)
    groups = {kind: jobs for kind, jobs in groups.items() if jobs and (not kinds or kind in kinds)}
    for number in itertools.count():
        job = random.choice(groups[random.choice(list(groups))])
        target = seed_folder / random.choice(job.targets)
        other = seed_folder / random.choice(random.choice(groups[random.choice(list(groups))]).targets)
        if not target.exists():
            continue
        original = target.read_bytes()
        if job.kind == "onnx":
            data = onnx_mutations.mutated(random, original)
        else:
            data = bytes_mutations.mutated(
                random, original, other.read_bytes() if other.exists() else b"", job.kind == "text"
            )
        shutil.rmtree(outputs, ignore_errors=True)
        outputs.mkdir()
        arguments = [str(part).replace("{out}", str(outputs)).replace("{}", str(seed_folder)) for part in job.arguments]
        files = [
            part
            for argument in arguments
            for part in argument.replace("=", ",").replace("mnist:", "").split(",")
            if part.startswith(str(seed_folder)) and pathlib.Path(part).exists()
        ]
        beside = (
            {path: path.read_bytes() for path in target.parent.iterdir() if path.is_file()}
            if "checkpoint" in job.name
            else {}
        )
        target.write_bytes(data)
        try:
            ending = running.run([*arguments, "--memory", running.MEMORY])
            fault = ending.fault(running.size(files) + len(data))
            line = fault and keep(folder, number, job, arguments, target, fault, ending.errors)
        finally:
            for path in list(target.parent.iterdir()) if beside else []:
                if path.is_file() and path not in beside:
                    path.unlink()
            for path, contents in beside.items():
                path.write_bytes(contents)
            target.write_bytes(original)
        yield ("fault" if fault else f"exit {ending.code}"), line
