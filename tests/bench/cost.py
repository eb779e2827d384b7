"""A command in, what its process cost out, as the system counts it."""

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOKS_EVERY_S = 0.02
_NOT_OURS = {"SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE"}
"""Variables that would stop the clock, or have every module compiled anew in every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one process."""

    cpu_s: float
    """Seconds of all processors, of the program and of the system on its behalf."""
    wall_s: float
    """Seconds from beginning to end."""
    peak_mib: float = 0
    """The most memory it held, if that was watched."""
    descriptors: int = 0
    """The most files and connections that it was seen to have open, if that was watched."""


def cost(command: Sequence[str], folder: Path, *, is_watched: bool = False) -> Cost:
    """
    Run a command to its end.

    Args:
        command: Program and arguments.
        folder: Where it runs.
        is_watched: Whether to look again and again at what it holds; Linux only.

    Raises:
        CalledProcessError: It failed.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    peak_mib, descriptors, ended = 0.0, 0, 0
    while not ended:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG if is_watched else 0)
        if not ended:
            peak_mib = max(peak_mib, _peak_mib(process.pid))
            descriptors = max(descriptors, sum(1 for _ in Path(f"/proc/{process.pid}/fd").iterdir()))
            time.sleep(LOOKS_EVERY_S)
    wall_s = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(cpu_s=usage.ru_utime + usage.ru_stime, wall_s=wall_s, peak_mib=peak_mib, descriptors=descriptors)


def _peak_mib(pid: int) -> float:
    """Return the most memory that a process has held; what the system reports at its end counts its parent in."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(told[1]) / 1024 if told else 0.0
