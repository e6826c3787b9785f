"""Runs the tool under a limit of time and memory and judges how it ended."""

import dataclasses, os, pathlib, resource, subprocess, threading

from common import ESPALIER

MEMORY = 500 << 20
"""What `--memory` allows the tool."""
SLACK = 300 << 20
"""What the tool may take beyond four times its input files, and beyond `MEMORY` where it does the job."""
SECONDS = 20
EXPECTED = {0, 2, 3, 64, 65}


@dataclasses.dataclass
class Ending:
    code: int
    peak: int
    timed_out: bool
    errors: str

    def fault(self, file_bytes):
        """What is wrong with this ending, or None: a signal, a code of ours, a hang, or too much memory."""
        if self.timed_out:
            return f"hang of {SECONDS} s"
        if self.code < 0:
            return f"signal {-self.code}"
        if self.code not in EXPECTED:
            return f"exit code {self.code}"
        allowed = 4 * file_bytes + SLACK + (MEMORY if self.code in (0, 2, 3) else 0)
        if self.peak > allowed:
            return f"{self.peak >> 20} MiB where {allowed >> 20} are allowed"
        if self.code != 0 and not self.errors.strip():
            return f"exit code {self.code} without a sentence"
        return None


def size(paths):
    """Bytes of all files at or below `paths`."""
    files = (file for path in map(pathlib.Path, paths) for file in ([path] if path.is_file() else path.rglob("*")))
    return sum(file.stat().st_size for file in files if file.is_file())


def run(arguments, standard_input=None):
    """How `espalier ARGUMENTS` ends."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(10)

    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [ESPALIER, *map(str, arguments)],
        stdin=standard_input or subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=limit,
        env=environment,
    )
    expired = threading.Event()

    def end():
        expired.set()
        child.kill()

    timer = threading.Timer(SECONDS, end)
    timer.start()
    errors = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    return Ending(child.returncode, usage.ru_maxrss << 10, expired.is_set(), errors)
