"""What an operator sees of the local AWS: sent mail, stored packages, the user pool."""

from __future__ import annotations

import os
import re
from typing import Any

import boto3
import httpx
from botocore.config import Config

FIRST_PASSWORD = re.compile(r"temporary password (?:is )?(\S+?)\.?(?:\s|$)")


def service(name: str) -> Any:
    """A boto3 client of the local AWS."""
    return boto3.client(
        name,
        endpoint_url=os.environ["AWS_ENDPOINT_URL"],
        region_name=os.environ["AWS_REGION"],
        aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}, proxies={}),
    )


def sent_mail() -> list[dict[str, Any]]:
    """Every e-mail that left, the oldest first."""
    url = os.environ["AWS_ENDPOINT_URL"] + "/_ministack/ses/messages"
    with httpx.Client(trust_env=False) as plain:
        boxes: dict[str, list[dict[str, Any]]] = plain.get(url).raise_for_status().json()["messages"]
    return sorted((mail for box in boxes.values() for mail in box), key=lambda mail: float(mail["Timestamp"]))


def mail_to(address: str) -> list[dict[str, Any]]:
    """What one person received, the oldest first."""
    return [mail for mail in sent_mail() if address in mail["To"]]


def first_password(address: str) -> str | None:
    """The temporary password of the newest invitation, as the invited person reads it."""
    for mail in reversed(mail_to(address)):
        if found := FIRST_PASSWORD.search(mail["BodyText"] or mail["BodyHtml"]):
            return found[1]
    return None


def make_admin(email: str, password: str) -> None:
    """The first administrator: there is nobody yet who could invite them, so an operator makes them in the pool."""
    cognito, pool = service("cognito-idp"), os.environ["COGNITO_USER_POOL_ID"]
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(UserPoolId=pool, Username=email, UserAttributes=attributes, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName="admin")


def package_file(course_id: str, sha256: str, name: str) -> bytes:
    """A file of a course package, which lies under its content hash."""
    key = f"courses/{course_id}/{sha256}/{name}"
    body: bytes = service("s3").get_object(Bucket=os.environ["PACKAGES_BUCKET"], Key=key)["Body"].read()
    return body
