"""On what it was measured, and what else ran there."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path

from .tools import PROFILE, ROOT, Json


def describe() -> Json:
    """Processor, memory, build."""
    models = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain", "--untracked-files=no") else ""),
        "profile": PROFILE,
        "processors": os.cpu_count(),
        "processor": models[0] if models else platform.machine(),
        "memory_gb": round(int(memory.split()[1]) / 2**20, 1),
        "kernel": platform.release(),
        "busy_before": round(busy(3.0), 2),
    }


def busy(seconds: float) -> float:
    """Share of all processors that was in use for a while, before anything of ours runs: what else goes on here."""
    idle, total = _ticks()
    time.sleep(seconds)
    idle_after, total_after = _ticks()
    return 1 - (idle_after - idle) / max(1, total_after - total)


def _ticks() -> tuple[int, int]:
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return fields[3] + fields[4], sum(fields)


def _git(*words: str) -> str:
    try:
        return subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
