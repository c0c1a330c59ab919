"""Programs of the build, run and timed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
ROOT = Path(os.environ["ROOT"])
BINARIES = Path(os.environ["BINARIES"])
DATA = Path(os.environ["DATA"])
PROFILE = os.environ["PROFILE"]


def tell(text: str) -> None:
    """What happens now."""
    print(text, flush=True)


def example(name: str, *arguments: object) -> Json:
    """Runs a measuring program of crates/platform/examples; it prints JSON."""
    done = subprocess.run([BINARIES / "examples" / name, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
    found: Json = json.loads(done.stdout)
    return found


@dataclass(frozen=True)
class Run:
    """What a program took, everything that it started included."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def timed(*command: object, output: Path | None = None, times: int = 3) -> Run:
    """Median of a few runs of a program that must succeed."""
    runs = [_once([str(word) for word in command], output or Path(os.devnull)) for _ in range(times)]
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "cpu_seconds", "peak_mb")))


def _once(command: list[str], output: Path) -> Run:
    with output.open("wb") as target:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=target, stderr=subprocess.PIPE)
        assert process.stderr
        complaint = process.stderr.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {complaint.strip()[-500:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
