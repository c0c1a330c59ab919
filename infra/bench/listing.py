"""A rep's list of requests under a constant rate, through the gateway and straight at the service."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from journey import people
from journey.client import Session, until

from . import services
from .tools import DATA, Json, example, tell

PATH = "/v1/requests"
REQUESTS = 500
RATE = 200
SECONDS = 20
# The gateway lets one caller read 100 times a second.
REPS = ("Anna Berg", "Bruno Costa", "Clara Dahl", "David Ek")


def measure() -> Json:
    """Times of `GET /v1/requests`, and of an answer that costs nothing, on the same way."""
    failed = services.start()
    if broken := {"user-service", "sales-service"} & failed.keys():
        raise RuntimeError(f"{' and '.join(sorted(broken))} did not come up")
    straight = "http://" + os.environ["SALES_HTTP_ADDR"]
    tokens = _tokens(straight)
    common = ("--rate", RATE, "--seconds", SECONDS)
    tell(f"GET {PATH} {RATE} times a second for {SECONDS} s, straight at the service")
    cpu = services.cpu_seconds("sales-service")
    found: Json = {"requests_in_list": REQUESTS, "reps": len(REPS), "straight": example("constant_rate", straight + PATH, "--tokens", tokens, *common)}
    # Warm-up included on both sides: 2 s at the same rate.
    found["cpu_ms_per_request"] = 1000 * (services.cpu_seconds("sales-service") - cpu) / (RATE * (SECONDS + 2))
    tell("The same through the gateway")
    through = ("--tokens", tokens, "--ca", os.environ["GATEWAY_CA"], *common)
    found["gateway"] = example("constant_rate", os.environ["GATEWAY_URL"] + PATH, *through)
    tell("GET /livez at the same rate: what the way itself costs")
    found["livez"] = example("constant_rate", straight + "/livez", "--rate", RATE, "--seconds", 5)
    found["resident_mb_after"] = services.resident_mb("sales-service")
    return found


def _tokens(straight: str) -> Path:
    """Reps, each with a full list; their access tokens."""
    tell(f"Inviting {len(REPS)} reps and opening {REQUESTS} requests for each")
    admin = people.administrator()
    reps = [people.invite(admin, "sales_rep", client_ids=[], world="bench", name=name) for name in REPS]
    for rep in reps:
        _fill(straight, rep)
    file = DATA / "bench-tokens"
    file.touch(mode=0o600)
    file.write_text("".join(f"{rep.token}\n" for rep in reps), encoding="utf-8")
    return file


def _fill(straight: str, rep: Session) -> None:
    headers = {"authorization": f"Bearer {rep.token}"}
    with httpx.Client(base_url=straight, headers=headers, trust_env=False, timeout=30) as client:

        def company() -> str | None:
            # Until the account's event has reached the service, it knows no such person.
            made = client.post("/v1/clients", json={"name": f"Kitchens of {rep.name}", "industry": "hospitality", "country": "DE"})
            return str(made.json()["client_id"]) if made.is_success else None

        client_id = until(company, what=f"a first client of {rep.name}", patience=15)

        def open_request(number: int) -> None:
            body = {
                "client_id": client_id,
                "title": f"English for the cold kitchen, team {number}",
                "level": "B1",
                "learners": 12,
                "hours": 8.0,
                "languages": ["de", "ar"],
                "notes": "Night shift; phones only.",
            }
            client.post(PATH, json=body).raise_for_status()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(open_request, range(REQUESTS)))
