"""Ending processes of the test stack, and starting them again."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from journey.client import until
from journey.people import folder

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / os.environ.get("PROFILE", "debug")
STACK = {**os.environ, "STACK": folder().name}
SERVICES = ("user", "sales", "sop-ingest", "course-gen", "course-mgmt", "learning", "trainer", "notification")


def part(act: str, name: str) -> None:
    """`stop`, `start` or `restart` a part of the stack or a service, under its supervisor."""
    done = subprocess.run([ROOT / "infra" / "local" / f"{act}-part", name], env=STACK, capture_output=True, text=True, check=False)
    if done.returncode and act != "stop":
        raise RuntimeError(f"{act} {name}: {done.stdout}{done.stderr}")


def command(service: str, *arguments: str) -> str:
    """What a command of the service prints."""
    done = subprocess.run([BINARIES / f"{service}-service", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def pid(service: str) -> int:
    """The process that the supervisor started."""
    script = f". infra/local/lib.sh; supervisorctl pid services:{service}-service"
    asked = subprocess.run(["bash", "-c", script], cwd=ROOT, env=STACK, capture_output=True, text=True, check=True)
    return int(asked.stdout)


def kill(service: str) -> None:
    """kill -9; the supervisor starts it again."""
    os.kill(pid(service), signal.SIGKILL)


def ready(service: str) -> bool:
    """Whether it says so itself."""
    address = os.environ[f"{service.replace('-', '_').upper()}_HTTP_ADDR"]
    try:
        return httpx.get(f"http://{address}/readyz", trust_env=False, timeout=2).is_success
    except httpx.TransportError:
        return False


def wait_ready(*services: str, patience: float = 60) -> None:
    """Return when all of them are ready."""
    for service in services or SERVICES:
        until(lambda s=service: ready(s), what=f"{service}-service", patience=patience)


def healthy(name: str, patience: int = 40) -> None:
    """Return when a part answers its own health question."""
    script = 'set -a; . infra/local/lib.sh; "$PYTHON" infra/local/health.py wait "$1" "$2"'
    subprocess.run(["bash", "-c", script, "wait", str(patience), name], cwd=ROOT, env=STACK, check=True, capture_output=True)


@contextmanager
def replaced(service: str) -> Iterator[None]:
    """Without the supervisor's process of this service; afterwards it is back."""
    part("stop", f"{service}-service")
    try:
        yield
    finally:
        part("start", f"{service}-service")
        wait_ready(service)


def spawn(service: str, point: str) -> subprocess.Popen[bytes]:
    """The service in a process of ours, which ends itself at `point`; ready, unless it is there already."""
    log = folder() / "logs" / f"{service}-crash.log"
    with log.open("ab") as out:
        process = subprocess.Popen([BINARIES / f"{service}-service", "serve"], env=os.environ | {"CRASH_AT": point}, stdout=out, stderr=out)
    until(lambda: ready(service) or process.poll() is not None, what=f"{service}-service at {point}", patience=30)
    return process


@contextmanager
def crashing(service: str, point: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours in place of the supervisor's."""
    with replaced(service):
        process = spawn(service, point)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def crashed(process: subprocess.Popen[bytes], point: str, patience: float = 60) -> None:
    """Return when the process ended itself."""
    until(lambda: process.poll() is not None, what=f"the crash at {point}", patience=patience)
    assert process.returncode == -signal.SIGABRT, f"{point}: ended with {process.returncode} instead"
