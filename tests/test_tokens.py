"""Whose token opens a door: on every service, through the gateway, with tokens that are really signed where that can be had."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from contract import role_of
from issuer import OwnIssuer, own_issuer
from journey import aws, people
from journey.client import Session, until
from journey.people import Cast

DOORS = {
    "user": "/v1/me",
    "sales": "/v1/clients",
    "sop-ingest": "/v1/sops",
    "course-gen": "/v1/generation/jobs",
    "course-mgmt": "/v1/courses",
    "learning": "/v1/learning/courses",
    "trainer": "/v1/training/courses",
    "notification": "/v1/notifications",
}
OUT_WITHIN = 2.0  # the goal is a second; this machine may be compiling meanwhile


def encoded(value: bytes | dict[str, Any]) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, claims, _ = (json.loads(base64.urlsafe_b64decode(p + "==")) if i < 2 else {} for i, p in enumerate(token.split(".")))
    return header, claims


@dataclass(frozen=True)
class Pool:
    """What forgers and real issuers need: a good token's parts, and the pool's public key."""

    header: dict[str, Any]
    claims: dict[str, Any]
    pem: bytes


@pytest.fixture(scope="module")
def pool(people: Cast) -> Pool:
    people.manager.sign_in()
    header, claims = parts(people.manager.token)
    with httpx.Client(trust_env=False) as plain:
        keys = plain.get(os.environ["JWKS_URL"]).json()["keys"]
    key = next(k for k in keys if k["kid"] == header["kid"])
    n, e = (int.from_bytes(base64.urlsafe_b64decode(key[part] + "=="), "big") for part in ("n", "e"))
    public = rsa.RSAPublicNumbers(e, n).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Pool(header, claims, pem)


def real_token(pool_id: str, client_id: str, *, kind: str = "AccessToken") -> str:
    """Signed by Cognito for an account of its own."""
    cognito, name = aws.service("cognito-idp"), f"{uuid.uuid4().hex}@example.com"
    attributes = [{"Name": "email", "Value": name}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(UserPoolId=pool_id, Username=name, UserAttributes=attributes, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=name, Password="Some-Password-1", Permanent=True)
    credentials = {"USERNAME": name, "PASSWORD": "Some-Password-1"}
    answer = cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=credentials)
    return str(answer["AuthenticationResult"][kind])


def app_client(pool_id: str) -> str:
    created = aws.service("cognito-idp").create_user_pool_client(
        UserPoolId=pool_id, ClientName="another", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )
    return str(created["UserPoolClient"]["ClientId"])


@pytest.fixture(scope="module")
def bad_tokens(pool: Pool) -> Iterator[dict[str, str]]:
    cognito, ours = aws.service("cognito-idp"), os.environ["COGNITO_USER_POOL_ID"]
    other_client = app_client(ours)
    other_pool = cognito.create_user_pool(PoolName="another", UsernameAttributes=["email"])["UserPool"]["Id"]
    body = encoded(pool.claims)
    none = f"{encoded({'alg': 'none', 'kid': pool.header['kid']})}.{body}."
    hs256 = f"{encoded({'alg': 'HS256', 'kid': pool.header['kid']})}.{body}"
    own_key = rsa.generate_private_key(65537, 2048)
    rs256 = f"{encoded(pool.header)}.{body}"
    yield {
        "other client": real_token(ours, other_client),
        "other issuer": real_token(other_pool, app_client(other_pool)),
        "ID token": real_token(ours, os.environ["COGNITO_CLIENT_ID"], kind="IdToken"),
        "alg none": none,
        "HS256 with the public key": f"{hs256}.{encoded(hmac.digest(pool.pem, hs256.encode(), hashlib.sha256))}",
        "own key, the pool's kid": f"{rs256}.{encoded(own_key.sign(rs256.encode(), padding.PKCS1v15(), hashes.SHA256()))}",
        "no signature": rs256 + ".",
        "nonsense": "nonsense",
        "a space": "a b",
    }
    cognito.delete_user_pool_client(UserPoolId=ours, ClientId=other_client)
    cognito.delete_user_pool(UserPoolId=other_pool)


@pytest.mark.parametrize("service", DOORS)
def test_a_good_token_opens(service: str, people: Cast) -> None:
    role = role_of(DOORS[service])
    person = people.by_role().get(role, people.student)
    assert person.send("GET", DOORS[service]).status_code == httpx.codes.OK


@pytest.mark.parametrize("service", DOORS)
@pytest.mark.parametrize(
    "kind",
    [
        "other client",
        "other issuer",
        "ID token",
        "alg none",
        "HS256 with the public key",
        "own key, the pool's kid",
        "no signature",
        "nonsense",
        "a space",
    ],
)
def test_no_other_token_does(service: str, kind: str, bad_tokens: dict[str, str]) -> None:
    answer = Session().send("GET", DOORS[service], headers={"authorization": f"Bearer {bad_tokens[kind]}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("service", DOORS)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic YTpi", "bearer"])
def test_without_a_token_nothing_opens(service: str, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    answer = Session().send("GET", DOORS[service], headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("service", DOORS)
@pytest.mark.parametrize("size", [9_000, 1024 * 1024])
def test_a_token_beyond_all_measure_does_not_open(service: str, size: int) -> None:
    answer = Session().send("GET", DOORS[service], headers={"authorization": "Bearer " + "x" * size})
    assert answer.status_code in (401, 431)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.fixture(scope="module")
def issuer() -> Iterator[OwnIssuer]:
    with own_issuer() as started:
        yield started


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "account_unknown"),  # the signature, issuer, client and time are right: only the person is nobody
        ({"exp": time.time() - 60}, "unauthenticated"),
        ({"exp": None}, "unauthenticated"),
        ({"iss": "https://elsewhere.example.com"}, "unauthenticated"),
        ({"client_id": "another"}, "unauthenticated"),
        ({"token_use": "id"}, "unauthenticated"),
        ({"token_use": None}, "unauthenticated"),
        ({"sub": "not-a-uuid"}, "unauthenticated"),
    ],
)
def test_well_signed_claims_are_looked_at_one_by_one(issuer: OwnIssuer, change: dict[str, Any], code: str) -> None:
    """A service whose issuer we are: what differs from a good token is only this claim."""
    answer = issuer.ask("/v1/clients", change)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_a_disabled_account_is_out_everywhere_at_once(people: Cast) -> None:
    guests = {role: people_invite(people, role) for role in ("sales_rep", "course_manager", "trainer", "student")}
    doors = {service: guests.get(role_of(path), guests["student"]) for service, path in DOORS.items()}
    for service, person in doors.items():
        until(
            lambda p=person, s=service: p.send("GET", DOORS[s]).status_code == httpx.codes.OK,
            what=f"{service} to know a guest",
            patience=10,
        )
    for person in guests.values():
        people.admin.post(f"/v1/users/{person.user_id}/disable")
    disabled = time.monotonic()
    for service, person in doors.items():
        remaining = max(0.0, disabled + OUT_WITHIN - time.monotonic())
        answer = until(lambda p=person, s=service: refused(p, s), what=f"{service} to refuse", patience=remaining, pause=0.05)
        assert answer.json()["code"] == "account_disabled"


def refused(person: Session, service: str) -> httpx.Response | None:
    answer = person.send("GET", DOORS[service])
    return answer if answer.status_code == httpx.codes.UNAUTHORIZED else None


def people_invite(cast: Cast, role: str) -> Session:
    return people.invite(cast.admin, role, client_ids=[cast.client_id], world="tests", name="Gil Guest")
