"""Files that cannot be used: the request says which and why, the others go on, and nothing is half-indexed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from qdrant_client import QdrantClient, models

from journey import SAMPLES, order
from journey.client import Json, Refused
from journey.people import Cast

WORD = order.TYPES[".docx"]
ENCRYPTED = Path(__file__).parent / "files" / "encrypted.pdf"


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A Word file of 300 KB whose text would fill 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / "hotel-departure-room.docx") as real, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in real.namelist():
            text = b" " * 300_000_000 if name == "word/document.xml" else b""
            archive.writestr(name, real.read(name) + text)
    return out.getvalue()


BAD: dict[str, tuple[order.SopFile, set[str]]] = {
    "0 text": (order.SopFile("blank.md", b" \n\t\n", "text/markdown"), {"no_text", "empty_file"}),
    "encrypted PDF": (order.SopFile("locked.pdf", ENCRYPTED.read_bytes(), "application/pdf"), {"encrypted_pdf"}),
    "truncated PDF": (
        order.SopFile("cut.pdf", (SAMPLES / "laboratory-buffer-preparation.pdf").read_bytes()[:4000], "application/pdf"),
        {"damaged_pdf"},
    ),
    "zip as .docx": (order.SopFile("photos.docx", zipped("photo.jpg", b"\xff\xd8" * 50), WORD), {"not_a_docx", "damaged_docx"}),
    "zip bomb": (order.SopFile("bomb.docx", bomb(), WORD), {"archive_bomb"}),
    "unknown type": (order.SopFile("tool.bin", bytes(range(256)) * 20, "application/octet-stream"), {"unsupported_type"}),
    "program as PDF": (
        order.SopFile("program.pdf", b"\x7fELF" + bytes(range(256)) * 8, "application/pdf"),
        {"unsupported_type", "damaged_pdf", "ambiguous_file"},
    ),
}


@pytest.fixture(scope="module")
def played(people: Cast) -> tuple[str, dict[str, str], list[Json]]:
    """One request with every bad file and one good: its id, the documents by label, its timeline."""
    request = order.open_request(people.rep, people.client_id, title="Mixed files")
    documents = {label: announced(people, request, file) for label, (file, _) in BAD.items()}
    documents["good"] = order.upload(people.rep, request, order.SopFile.read(SAMPLES / "kitchen-cold-storage.md"))
    order.submit(people.rep, request)
    order.wait_for(people.rep, request, "course_generated", "generation_failed", "request_failed")
    return request, documents, order.timeline(people.rep, request)


def announced(people: Cast, request: str, file: order.SopFile) -> str:
    """Its document id, or the code of the refusal when it is refused before it is uploaded."""
    try:
        return order.upload(people.rep, request, file)
    except Refused as refused:
        return f"refused: {refused.code}"


@pytest.mark.parametrize("label", BAD)
def test_the_timeline_says_which_file_and_why(label: str, played: tuple[str, dict[str, str], list[Json]]) -> None:
    _, documents, entries = played
    file, codes = BAD[label]
    if documents[label].startswith("refused"):
        assert documents[label] == "refused: validation_failed"
        return
    mine = [e for e in entries if e.get("document_id") == documents[label]]
    assert [e["kind"] for e in mine] == ["sop_failed"]
    assert mine[0]["file_name"] == file.name
    assert mine[0]["code"] in codes
    assert len(mine[0]["detail"].split()) >= 4


def test_the_good_file_goes_on(played: tuple[str, dict[str, str], list[Json]], people: Cast) -> None:
    request, documents, entries = played
    assert [e["document_id"] for e in entries if e["kind"] == "sop_processed"] == [documents["good"]]
    assert entries[-1]["kind"] == "course_generated"
    states = {d["document_id"]: d["status"] for d in people.rep.get(f"/v1/requests/{request}")["documents"]}
    assert states == {d: "processed" if label == "good" else "failed" for label, d in documents.items() if "refused" not in d}


def test_nothing_of_a_failed_file_is_indexed(played: tuple[str, dict[str, str], list[Json]], people: Cast) -> None:
    _, documents, _ = played
    url = os.environ["QDRANT_URL"]
    index = QdrantClient(host="127.0.0.1", grpc_port=int(url.rsplit(":", 1)[1]), prefer_grpc=True, check_compatibility=False)

    def points(document: str) -> int:
        of_it = models.FieldCondition(key="document_id", match=models.MatchValue(value=document))
        found = index.count(os.environ["QDRANT_COLLECTION"], count_filter=models.Filter(must=[of_it]))
        return int(found.count)

    counts = {label: points(document) for label, document in documents.items() if "refused" not in document}
    assert counts.pop("good") > 60
    assert set(counts.values()) == {0}
    for label in counts:
        assert people.rep.send("GET", f"/v1/sops/{documents[label]}").status_code in (404, 409)


def test_a_request_of_bad_files_only_fails_with_words(people: Cast) -> None:
    request = order.open_request(people.rep, people.client_id, title="Bad files only")
    order.upload(people.rep, request, BAD["encrypted PDF"][0])
    order.submit(people.rep, request)
    assert order.wait_for(people.rep, request, "request_failed", "course_generated")["kind"] == "request_failed"
    assert people.rep.get(f"/v1/requests/{request}")["status"] == "failed"


def test_an_empty_file_is_refused_before_it_is_uploaded(people: Cast) -> None:
    request = order.open_request(people.rep, people.client_id, title="Empty")
    with pytest.raises(Refused) as refused:
        order.upload(people.rep, request, order.SopFile("empty.md", b"", "text/markdown"))
    assert refused.value.status == 422
    assert "size_bytes" in str(refused.value.problem["errors"])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.md", "a\u0007b.md", "a\nb.md", "..", "a/b.md", "C:\\x.md", "x" * 300 + ".md", "\u202egnp.md"]
)
def test_a_hostile_name_is_refused_or_harmless(people: Cast, name: str) -> None:
    """Either the announcement names the field, or the name is only ever shown."""
    request = order.open_request(people.rep, people.client_id, title="Names")
    file = order.SopFile(name, (SAMPLES / "kitchen-cold-storage.md").read_bytes(), "text/markdown")
    try:
        order.upload(people.rep, request, file)
    except Refused as refused:
        assert refused.status == 422
        assert "file_name" in str(refused.problem["errors"])
        return
    order.submit(people.rep, request)
    ended = order.wait_for(people.rep, request, "course_generated", "request_failed")
    assert ended["kind"] == "course_generated" or order.timeline(people.rep, request)[-1]["kind"] == "request_failed"


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"size_bytes": 60 * 1024 * 1024}, {"validation_failed"}),
        ({"sha256": "zz"}, {"validation_failed"}),
        ({"size_bytes": -1}, {"validation_failed", "wrong_type"}),
    ],
)
def test_an_announcement_that_cannot_be_true_is_refused(people: Cast, change: Json, codes: set[str]) -> None:
    request = order.open_request(people.rep, people.client_id, title="Announced")
    body = order.SopFile("a.md", b"# A", "text/markdown").announcement() | change
    with pytest.raises(Refused) as refused:
        people.rep.post(f"/v1/requests/{request}/documents", body)
    assert (refused.value.status, refused.value.code in codes) == (422, True)
