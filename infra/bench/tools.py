"""Programs of the build, run and timed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import threading
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


PATIENCE = 180.0
ENOUGH = 15.0


class TooSlow(Exception):
    """A program was ended because it took longer than anybody would wait."""


@dataclass(frozen=True)
class Run:
    """What a program took, everything that it started included."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def timed(*command: object, output: Path | None = None) -> Run:
    """Median of three runs of a program that must succeed; fewer when it is slow."""
    runs: list[Run] = []
    while len(runs) < 3 and sum(run.seconds for run in runs) < ENOUGH:
        runs.append(_once([str(word) for word in command], output or Path(os.devnull)))
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "cpu_seconds", "peak_mb")))


def _once(command: list[str], output: Path) -> Run:
    with output.open("wb") as target, tempfile.TemporaryFile() as complaints:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=target, stderr=complaints)
        end = threading.Timer(PATIENCE, process.kill)
        end.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        end.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds >= PATIENCE and process.returncode:
            raise TooSlow(f"not within {PATIENCE:.0f} s")
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip()
            raise RuntimeError(f"{Path(command[0]).name} {command[1]} ended with {process.returncode}: {said[-400:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
