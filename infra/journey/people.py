"""One person per role, invited the way people are invited, and remembered for the next run."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import aws
from .client import Json, Refused, Session, until

ADMIN, ADMIN_PASSWORD = "admin@example.com", "Admin-local-1"
NAMES = {
    "sales_rep": "Rosa Keller",
    "course_manager": "Martin Oduya",
    "trainer": "Teresa Lindqvist",
    "student": "Samir Haddad",
}


@dataclass
class Cast:
    """Everybody of one client company, signed in, and the administrator of the platform."""

    client_id: str
    admin: Session
    rep: Session
    manager: Session
    trainer: Session
    student: Session

    def by_role(self) -> dict[str, Session]:
        """Role name to person."""
        people = (self.admin, self.rep, self.manager, self.trainer, self.student)
        return dict(zip(("admin", *NAMES), people, strict=True))


def folder() -> Path:
    """Where this stack keeps its data: .local/run or .local/test."""
    return Path(os.environ["GATEWAY_CA"]).resolve().parent.parent


def accounts_file() -> Path:
    """The accounts that earlier runs made, with their passwords."""
    return folder() / "accounts.json"


def administrator() -> Session:
    """The first administrator, made by an operator if the pool does not have one."""
    admin = Session(ADMIN, ADMIN_PASSWORD, name="Ada Admin")
    try:
        admin.sign_in()
    except Refused as refused:
        if refused.code != "wrong_credentials":
            raise
        aws.make_admin(ADMIN, ADMIN_PASSWORD)
        admin.sign_in()
    admin.user_id = admin.get("/v1/me")["user_id"]
    return admin


def invite(admin: Session, role: str, *, client_ids: list[str], world: str, name: str | None = None) -> Session:
    """Invite, read the first password from the mail, set a password of one's own."""
    shown = name or NAMES[role]
    email = f"{shown.lower().replace(' ', '.')}.{secrets.token_hex(3)}@{world}.example.com"
    body: Json = {"email": email, "display_name": shown, "role": role, "client_ids": client_ids, "language": "en"}
    invited = admin.post("/v1/users", body)
    temporary = until(lambda: aws.first_password(email), what=f"the invitation of {email}", patience=15)
    person = Session(email, f"Own-{secrets.token_urlsafe(12)}-7a", name=shown, user_id=invited["user_id"])
    set_first_password(person, temporary)
    return person


def set_first_password(person: Session, temporary: str) -> None:
    """Answer the challenge of a first sign-in."""
    asked = Session(person.email, temporary).sign_in()
    if asked.get("challenge") != "NEW_PASSWORD_REQUIRED":
        raise AssertionError(f"a first sign-in should ask for a new password, not answer {sorted(asked)}")
    body = {"email": person.email, "session": asked["session"], "new_password": person.password}
    person.token = person.post("/v1/auth/new-password", body)["access_token"]


def cast(world: str, *, company: str) -> Cast:
    """The people of `world`: those of an earlier run while they can still sign in, else new ones."""
    admin = administrator()
    return _remembered(world, admin) or _invited(world, company, admin)


def _invited(world: str, company: str, admin: Session) -> Cast:
    rep = invite(admin, "sales_rep", client_ids=[], world=world)
    client = rep.post("/v1/clients", {"name": company, "industry": "hospitality", "country": "DE"})["client_id"]
    others = [invite(admin, role, client_ids=[client], world=world) for role in list(NAMES)[1:]]
    made = Cast(client, admin, rep, *others)
    _remember(world, made)
    return made


def _remember(world: str, made: Cast) -> None:
    kept = _kept()
    kept[world] = {
        "client_id": made.client_id,
        "people": {
            role: {"email": p.email, "password": p.password, "name": p.name, "user_id": p.user_id} for role, p in made.by_role().items()
        },
    }
    file = accounts_file()
    file.touch(mode=0o600)
    file.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _remembered(world: str, admin: Session) -> Cast | None:
    known = _kept().get(world)
    if not known:
        return None
    people = {role: Session(p["email"], p["password"], name=p["name"], user_id=p["user_id"]) for role, p in known["people"].items()}
    try:
        for role in NAMES:
            people[role].sign_in()
        people["sales_rep"].get(f"/v1/clients/{known['client_id']}")
    except Refused:
        return None  # the stack's data was removed since
    return Cast(known["client_id"], admin, *(people[role] for role in NAMES))


def _kept() -> dict[str, Any]:
    file = accounts_file()
    if not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return kept
