"""Steps 1 to 5: a rep orders a course, and watches until it is written."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from .client import Json, Session, until

TYPES = {
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDS = {"course_generated", "generation_failed", "request_failed", "cancelled"}


@dataclass(frozen=True)
class SopFile:
    """A file as it is announced and uploaded."""

    name: str
    content: bytes
    content_type: str

    @classmethod
    def read(cls, path: Path) -> SopFile:
        """A file of this machine."""
        guessed = TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return cls(path.name, path.read_bytes(), guessed)

    def announcement(self) -> Json:
        """What a rep's browser says before it uploads."""
        return {
            "file_name": self.name,
            "size_bytes": len(self.content),
            "content_type": self.content_type,
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def open_request(rep: Session, client_id: str, *, title: str, level: str = "B1") -> str:
    """A draft request."""
    body: Json = {
        "client_id": client_id,
        "title": title,
        "level": level,
        "learners": 12,
        "hours": 8.0,
        "languages": ["de", "ar"],
        "notes": "Night shift; phones only.",
    }
    return str(rep.post("/v1/requests", body)["request_id"])


def upload(rep: Session, request_id: str, file: SopFile) -> str:
    """Announce the file, then put it straight into the object store with the signed request."""
    created = rep.post(f"/v1/requests/{request_id}/documents", file.announcement())
    signed = created["upload"]
    with httpx.Client(trust_env=False, timeout=60) as store:
        store.request(signed["method"], signed["url"], headers=signed["headers"], content=file.content).raise_for_status()
    return str(created["document_id"])


def submit(rep: Session, request_id: str) -> Json:
    """Order the course."""
    ordered: Json = rep.post(f"/v1/requests/{request_id}/submit")
    return ordered


def watch(rep: Session, request_id: str, *, patience: float = 180.0) -> Iterator[Json]:
    """The live timeline until the course is written or cannot be; every entry once, in order, over any number of streams."""
    last, kind = "", ""
    while kind not in ENDS:
        fresh = False
        try:
            for number, entry in rep.stream(f"/v1/requests/{request_id}/events", last=last, patience=patience):
                fresh, last, kind = True, number, entry["kind"]
                yield entry
                if kind in ENDS:
                    return
        except httpx.ReadTimeout:
            raise TimeoutError(f"nothing new about request {request_id} for {patience:.0f} s") from None
        except httpx.TransportError:
            if not fresh:
                raise


def timeline(rep: Session, request_id: str) -> list[Json]:
    """What happened so far."""
    items: list[Json] = rep.get(f"/v1/requests/{request_id}/timeline")["items"]
    return items


def wait_for(rep: Session, request_id: str, *kinds: str, patience: float = 180.0) -> Json:
    """The first entry of one of these kinds, by asking again and again."""

    def look() -> Json | None:
        return next((e for e in timeline(rep, request_id) if e["kind"] in kinds), None)

    return until(look, what=f"{' or '.join(kinds)} of request {request_id}", patience=patience, pause=0.3)


def parsed_sops(reader: Session, request_id: str) -> dict[str, Json]:
    """The parsed SOPs of the request by their ids."""
    summaries = reader.items("/v1/sops", request_id=request_id)
    return {s["sop_id"]: reader.get(f"/v1/sops/{s['sop_id']}") for s in summaries if s["status"] == "processed"}
