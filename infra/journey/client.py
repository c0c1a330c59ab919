"""Speaking to the gateway as one person."""

from __future__ import annotations

import json
import os
import ssl
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import httpx

Json = dict[str, Any]
PATIENCE = 60.0
T = TypeVar("T")


class Refused(Exception):
    """The gateway or a service answered with a problem."""

    def __init__(self, response: httpx.Response) -> None:
        """Keep the answer; what is in it is read once."""
        self.response = response
        self.status = response.status_code
        try:
            self.problem: Json = response.json()
        except ValueError:
            self.problem = {"detail": response.text[:300]}
        self.code: str = self.problem.get("code", "")
        request = response.request
        super().__init__(f"{request.method} {request.url.path} -> {self.status}: {json.dumps(self.problem)}")


def http(**options: Any) -> httpx.Client:
    """A client that trusts the gateway's own certificate and no proxy."""
    trusted = ssl.create_default_context(cafile=os.environ["GATEWAY_CA"])
    settings: dict[str, Any] = {"base_url": os.environ["GATEWAY_URL"], "verify": trusted, "trust_env": False, "timeout": 30.0}
    return httpx.Client(**(settings | options))


class Session:
    """One person at the gateway. Signs in again when the token has run out, and waits when told to come back later."""

    def __init__(self, email: str = "", password: str = "", *, name: str = "somebody", user_id: str = "") -> None:
        """An anonymous session has no e-mail address."""
        self.email, self.password, self.name, self.user_id = email, password, name, user_id
        self.token = ""
        self.http = http()

    def sign_in(self) -> Json:
        """Take a new access token, or return the challenge that stands before it."""
        answer: Json = self._plain("POST", "/v1/auth/sign-in", json={"email": self.email, "password": self.password})
        self.token = answer.get("access_token", "")
        return answer

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer, whatever it is."""
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers.setdefault("authorization", f"Bearer {self.token}")
        for _ in range(20):
            response = self.http.request(method, path, headers=headers, **options)
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            time.sleep(float(response.headers.get("retry-after", "1")))
        return response

    def call(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of a good answer; a problem is raised as `Refused`."""
        response = self.send(method, path, **options)
        known_by = time.monotonic() + PATIENCE / 2
        while response.status_code == httpx.codes.UNAUTHORIZED and self.email and not path.startswith("/v1/auth"):
            refused = Refused(response)
            if refused.code != "account_unknown":
                self.sign_in()
                response = self.send(method, path, **options)
                break
            # A service hears of new people by events; on a stack that has just started, Kafka is still forming its groups.
            if time.monotonic() > known_by:
                raise refused
            time.sleep(0.2)
            response = self.send(method, path, **options)
        if response.is_error:
            raise Refused(response)
        return response.json() if response.content else None

    def get(self, path: str, **query: Any) -> Any:
        """Read a resource."""
        return self.call("GET", path, params=query or None)

    def post(self, path: str, body: Json | None = None, *, key: str | None = None) -> Any:
        """Create something, or do something; a fresh Idempotency-Key goes with every body."""
        if body is None:
            return self.call("POST", path)
        return self.call("POST", path, json=body, headers={"idempotency-key": key or str(uuid.uuid4())})

    def edit(self, method: str, path: str, body: Json, *, read: str | None = None) -> Any:
        """PATCH or PUT with the ETag of what is there now."""
        current = self.send("GET", read or path)
        if current.is_error:
            raise Refused(current)
        return self.call(method, path, json=body, headers={"if-match": current.headers.get("etag", "*")})

    def items(self, path: str, **query: Any) -> list[Json]:
        """All items of a paged list."""
        found: list[Json] = []
        while True:
            page = self.get(path, **({"limit": 100} | query))
            found += page["items"]
            if not page.get("next_cursor"):
                return found
            query["cursor"] = page["next_cursor"]

    def stream(self, path: str, *, last: str = "", patience: float = PATIENCE) -> Iterator[tuple[str, Json]]:
        """Server-sent events as (id, data), until the caller stops reading or `patience` seconds pass in silence."""
        headers = {"authorization": f"Bearer {self.token}", "accept": "text/event-stream"}
        if last:
            headers["last-event-id"] = last
        with http(timeout=httpx.Timeout(10.0, read=patience)) as own, own.stream("GET", path, headers=headers) as response:
            if response.is_error:
                response.read()
                raise Refused(response)
            event, data = "", ""
            for line in response.iter_lines():
                if not line and data:
                    yield event, json.loads(data)
                    data = ""
                field, _, value = line.partition(":")
                if field == "id":
                    event = value.strip()
                elif field == "data":
                    data += value.strip()

    def _plain(self, method: str, path: str, **options: Any) -> Any:
        self.token = ""
        return self.call(method, path, **options)


def until(question: Callable[[], T | None], *, what: str, patience: float = PATIENCE, pause: float = 0.1) -> T:
    """Ask until the answer is something; say what was waited for when it never is."""
    end = time.monotonic() + patience
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {patience:.0f} s")
        time.sleep(pause)
