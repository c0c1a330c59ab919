"""The gateway: what it lets through, and how it says no."""

import os
import uuid

import httpx
import pytest


def assert_problem(response, status, code):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["type"], problem["status"], problem["code"]) == ("about:blank", status, code)
    assert problem["title"]
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/metrics",
        "/readyz",
        "/livez",
        "/internal",
        "/internal/anything",
        "/v1",
        "/v1/unknown",
        "/v1/authx",
        "/v1/requests/../../metrics",
        "/v1/requests/..%2f..%2fmetrics",
        "/.problem/404",
    ],
)
def test_what_is_not_in_the_table_does_not_exist(gateway, path):
    assert_problem(gateway.get(path), 404, "not_found")


def test_a_sane_request_id_is_kept(gateway):
    assert gateway.get("/metrics", headers={"x-request-id": "from-the-caller-1"}).headers["x-request-id"] == "from-the-caller-1"


@pytest.mark.parametrize("given", ["short", "x" * 65, "has spaces in it", '{"json":"injection"}'])
def test_any_other_request_id_is_replaced(gateway, given):
    response = gateway.get("/metrics", headers={"x-request-id": given})
    assert response.headers["x-request-id"] != given
    assert_problem(response, 404, "not_found")


def test_every_answer_carries_the_security_headers_once(gateway):
    for path in ("/metrics", "/docs/", "/openapi/index.json", "/v1/me"):
        headers = gateway.get(path).headers
        assert headers.get_list("x-content-type-options") == ["nosniff"]
        assert headers.get_list("x-frame-options") == ["DENY"]
        assert headers.get_list("referrer-policy") == ["no-referrer"]
        assert headers["strict-transport-security"].startswith("max-age=31536000")
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["server"] == "nginx"


@pytest.mark.parametrize("body", [b"x" * 65537, [b"x" * 40000, b"x" * 40000]], ids=["announced", "chunked"])
def test_a_body_beyond_the_limit_of_its_route_is_refused(plain, body):
    content = body if isinstance(body, bytes) else iter(body)
    assert_problem(plain.post("/v1/requests", content=content), 413, "body_too_large")


def test_a_token_beyond_all_measure_is_refused(gateway):
    assert_problem(gateway.get("/v1/requests", headers={"authorization": "Bearer " + "a" * 40_000}), 431, "headers_too_large")


def test_a_token_of_a_mebibyte_is_refused(plain):
    assert_problem(plain.get("/v1/requests", headers={"authorization": "Bearer " + "a" * 2**20}), 431, "headers_too_large")


def test_a_caller_in_a_hurry_is_told_when_to_come_back(gateway):
    signature = uuid.uuid4().hex * 2
    hurried = {"authorization": f"Bearer header.claims.{signature}"}
    answers = [gateway.post(f"/v1/requests/{uuid.uuid4()}/documents", headers=hurried, json={}) for _ in range(70)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert_problem(refused[0], 429, "too_many_requests")
    assert refused[0].headers.get_list("retry-after") == ["1"]


def test_one_callers_hurry_is_not_anothers(gateway):
    for _ in range(70):
        gateway.post("/v1/requests/x/documents", headers={"authorization": f"Bearer a.b.{'h' * 60}"}, json={})
    patient = gateway.post("/v1/requests/x/documents", headers={"authorization": f"Bearer a.b.{uuid.uuid4().hex * 2}"}, json={})
    assert patient.status_code != 429


def test_plain_http_is_sent_to_https(gateway):
    port = int(httpx.URL(os.environ["GATEWAY_URL"]).port) - 18443 + 18080
    response = httpx.get(f"http://127.0.0.1:{port}/docs/?a=1", trust_env=False)
    assert (response.status_code, response.headers["location"]) == (308, f"{os.environ['GATEWAY_URL']}/docs/?a=1")


def test_the_documentation_lists_the_eight_services(gateway):
    assert "docs.js" in gateway.get("/docs/").text
    assert len(gateway.get("/openapi/index.json").json()) == 8
