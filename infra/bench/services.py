"""The eight services as processes of the bench stack: started once, looked at from outside."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from .tools import DATA, ROOT, Json, tell

SERVICES = tuple(f"{name}-service" for name in ("user", "sales", "sop-ingest", "course-gen", "course-mgmt", "learning", "trainer", "notification"))
LOCAL = ROOT / "infra/local"
PATIENCE = 40
REST = 10.0
TICKS = os.sysconf("SC_CLK_TCK")
_failed: dict[str, str] | None = None


def start() -> dict[str, str]:
    """Migrates and starts every service, once; returns those that did not come up, with the reason."""
    global _failed
    if _failed is None:
        tell("Migrating databases and starting services")
        _failed = {name: reason for name in SERVICES if (reason := _start(name))}
        _failed |= {name: reason for name, reason in _silent().items() if name not in _failed}
    return _failed


def _start(name: str) -> str:
    migrated = _run(LOCAL / "run-service", name, "migrate")
    if migrated.returncode:
        return "migration failed: " + _last_line(migrated)
    started = _run(LOCAL / "start-part", name)
    return "" if started.returncode == 0 else "did not start: " + _last_line(started)


def _silent() -> dict[str, str]:
    answers = _run(os.environ["PYTHON"], LOCAL / "health.py", "wait", PATIENCE, *SERVICES).stdout
    return {name: "never ready: " + answer for name, _, answer in (line.partition(" ") for line in answers.splitlines())}


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"


def pid(name: str) -> int:
    """The process that supervisor runs for a service; run-service has become the service by exec."""
    control = [f"{os.environ['VENV']}/bin/supervisorctl", "-s", f"unix://{os.environ['SUPERVISOR_SOCKET']}"]
    return int(_run(*control, "pid", f"services:{name}").stdout)


def resident_mb(name: str) -> float:
    """VmRSS."""
    line = next(x for x in Path(f"/proc/{pid(name)}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 1)


def cpu_seconds(name: str) -> float:
    """User and system time of a service so far."""
    fields = Path(f"/proc/{pid(name)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def at_rest() -> Json:
    """Resident memory of each service, ready and idle for a while."""
    failed = start()
    tell(f"Letting the services rest for {REST:.0f} s")
    time.sleep(REST)
    running = [name for name in SERVICES if name not in failed]
    before = {name: cpu_seconds(name) for name in running}
    time.sleep(REST)
    memory = {name: resident_mb(name) for name in running}
    idle = {name: round(100 * (cpu_seconds(name) - before[name]) / REST, 1) for name in running}
    found: Json = {"resident_mb": memory, "idle_cpu_percent": idle}
    if failed:
        found["failed"] = "; ".join(f"{name}: {reason}; its log is in {DATA / 'logs'}" for name, reason in failed.items())
    return found
