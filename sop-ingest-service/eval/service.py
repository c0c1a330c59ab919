"""What the service holds at rest, and who waits for whom: on a database of its own on the test stack, dropped at the end."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path

EVENTS = Path(__file__).parents[2] / "crates/events/golden"
MANY, FEW = 200, 2


def psql(url, sql):
    done = subprocess.run(["psql", url, "-qAt", "-v", "ON_ERROR_STOP=1"], input=sql, capture_output=True, text=True, check=True)
    return done.stdout.split()


@contextmanager
def database(binary):
    admin, name = os.environ["TEST_DATABASE_ADMIN_URL"], f"eval_{uuid.uuid4().hex}"
    base, _, query = admin.partition("?")
    url = f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    psql(admin, f"CREATE DATABASE {name}")
    try:
        subprocess.run([binary, "migrate", "--database-url", url], check=True, capture_output=True)
        yield url
    finally:
        psql(admin, f"DROP DATABASE {name} WITH (FORCE)")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running(binary, url):
    """The service with one worker, and topics that nobody writes to."""
    address = f"127.0.0.1:{free_port()}"
    own = {"SOP_INGEST_DATABASE_URL": url, "SOP_INGEST_HTTP_ADDR": address, "SOP_INGEST_WORKERS": "1"}
    own |= {"KAFKA_TOPIC_PREFIX": "eval.", "QDRANT_COLLECTION": "sop-evaluation", "RUST_LOG": "error"}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([binary, "serve"], env={**os.environ, **own}, stdout=log, stderr=log)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://{address}/livez", timeout=2)
                    break
                except OSError:
                    if process.poll() is not None:
                        log.seek(0)
                        raise RuntimeError(log.read().decode(errors="replace")) from None
                    time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


def resident(pid):
    """Megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def order(url, documents):
    """An order of a client that has none yet, as the service keeps it. Its files were never uploaded: each is settled quickly."""
    request, client, person = (str(uuid.uuid4()) for _ in range(3))
    data = json.loads((EVENTS / "course_creation.ordered.v1.json").read_text(encoding="utf-8"))
    data |= {"request_id": request, "client_id": client, "ordered_by": person, "documents": []}
    envelope = {"specversion": "1.0", "id": str(uuid.uuid4()), "source": "eval", "type": "course_creation.ordered.v1"}
    envelope |= {"subject": request, "time": "2026-01-01T00:00:00Z", "datacontenttype": "application/json"}
    envelope |= {"data": data, "correlationid": str(uuid.uuid4())}
    rows = []
    for at in range(documents):
        name = str(uuid.uuid4())
        rows.append(f"('{name}', '{request}', '{client}', 'file-{at}.md', 'eval/{name}', 10, '{at:064x}', '{name}')")
    columns = "document_id, request_id, client_id, file_name, upload_key, size_bytes, sha256, lineage_id"
    quoted = json.dumps(envelope).replace("'", "''")
    psql(
        url,
        f"BEGIN; INSERT INTO requests (request_id, client_id, ordered_by, ordered) VALUES ('{request}', '{client}', '{person}', '{quoted}');"
        f"INSERT INTO documents ({columns}) VALUES {', '.join(rows)}; COMMIT;",
    )
    return client


def settled(url, client):
    return int(psql(url, f"SELECT count(*) FROM documents WHERE client_id = '{client}' AND settled_at IS NOT NULL")[0])


def until(done):
    for _ in range(1200):
        if done():
            return
        time.sleep(0.05)
    raise TimeoutError("the service does not work")


def measure(binary):
    """Memory at rest and after the queue, and for how many documents of a busy client another one waits."""
    with database(binary) as url, running(binary, url) as pid:
        time.sleep(2)
        found = {"at_rest": resident(pid)}
        busy = order(url, MANY)
        until(lambda: settled(url, busy) >= 3)
        found["queued"] = resident(pid)
        late = order(url, FEW)
        until(lambda: settled(url, late) == FEW)
        turns = psql(
            url,
            f"SELECT count(*) FROM documents b WHERE b.client_id = '{busy}' AND b.claimed_at > (SELECT max(created_at) FROM documents"
            f" WHERE client_id = '{late}') AND b.claimed_at < (SELECT max(claimed_at) FROM documents WHERE client_id = '{late}')",
        )
        found["waited_for"] = int(turns[0])
        until(lambda: settled(url, busy) == MANY)
        found["after"] = resident(pid)
        return found
