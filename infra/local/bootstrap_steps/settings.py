"""Names and addresses that are decided here and nowhere else, from the environment of lib.sh."""

import os
import shutil
from pathlib import Path

STACK = os.environ["STACK"]
ROOT = Path(os.environ["ROOT"])
DATA = Path(os.environ["DATA"])
ENV_FILE = Path(os.environ["ENV_FILE"])

SERVICES = ["user", "sales", "sop_ingest", "course_gen", "course_mgmt", "learning", "trainer", "notification"]
TOPICS = ROOT / "crates/events/topics.json"
ORIGIN = f"https://127.0.0.1:{os.environ['GATEWAY_PORT']}"
BUCKETS = {"UPLOADS_BUCKET": "sop-uploads", "SOPS_BUCKET": "parsed-sops", "PACKAGES_BUCKET": "course-packages"}
QDRANT_COLLECTION = "sop-clauses"
EMAIL_FROM = "courses@example.com"
AWS = {
    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MINISTACK_PORT']}",
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local-secret",
}


def port(name):
    return os.environ[f"{name}_PORT"]


def database_url(role, password, database):
    return f"postgres://{role}:{password}@127.0.0.1:{port('POSTGRES')}/{database}"


def fixed_settings():
    """What does not depend on what the steps find."""
    addresses = {f"{name.upper()}_HTTP_ADDR": f"127.0.0.1:{port(name.upper())}" for name in SERVICES}
    return {
        "APP_ENV": "local",
        "RUST_LOG": "info",
        **addresses,
        "KAFKA_BROKERS": f"127.0.0.1:{port('KAFKA')}",
        "KAFKA_TOPIC_PREFIX": "",
        "MONGODB_URL": f"mongodb://127.0.0.1:{port('MONGODB')}/?directConnection=true",
        "REDIS_URL": f"redis://127.0.0.1:{port('REDIS')}/0",
        **AWS,
        **BUCKETS,
        "EMAIL_FROM": EMAIL_FROM,
        "SMS_SENDER": "COURSES",
        # In make run a script learns, and twice in a minute if somebody runs it twice.
        "LEARNING_ATTEMPTS_PER_MINUTE": "600",
        "QDRANT_URL": f"http://127.0.0.1:{port('QDRANT')}",
        "QDRANT_COLLECTION": QDRANT_COLLECTION,
        "MODEL_DIR": f"{os.environ['CACHE']}/minilm",
        "GATEWAY_URL": ORIGIN,
        "GATEWAY_CA": f"{DATA}/gateway/ca.pem",
        "PUBLIC_ORIGIN": ORIGIN,
        **printing(),
    }


def printing():
    """Chromium prints the books of the stack that people look at; tests do without them."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    return {"CHROMIUM": browser} if browser and os.environ.get("STACK", "run") == "run" else {}
