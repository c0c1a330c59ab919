"""What AWS gives in production: buckets, the user pool with its groups and app client, the mail identity, the first administrator."""

import boto3
from botocore.config import Config

from .settings import AWS, BUCKETS, EMAIL_FROM, ORIGIN

POOL = "course-creator"
CLIENT = "portals"
GROUPS = ["admin", "sales_rep", "course_manager", "trainer", "student"]
FIRST_ADMIN, FIRST_PASSWORD = "admin@example.com", "Admin-local-1"

INVITATION = {
    "EmailSubject": "Your account for English courses",
    "EmailMessage": "Welcome. Sign in as {username} with the temporary password {####} and choose a password of your own. "
    "The temporary one is good for seven days.",
}
RESET = {
    "DefaultEmailOption": "CONFIRM_WITH_CODE",
    "EmailSubject": "Your code for a new password",
    "EmailMessage": "Enter the code {####} to choose a new password. If you did not ask for one, you need not do anything.",
}


def client(name):
    settings = Config(s3={"addressing_style": "path"}, proxies={}, retries={"max_attempts": 2})
    return boto3.client(
        name,
        endpoint_url=AWS["AWS_ENDPOINT_URL"],
        region_name=AWS["AWS_REGION"],
        config=settings,
        aws_access_key_id=AWS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=AWS["AWS_SECRET_ACCESS_KEY"],
    )


def prepare():
    buckets(client("s3"))
    cognito = client("cognito-idp")
    pool = user_pool(cognito)
    app = app_client(cognito, pool)
    groups(cognito, pool)
    first_admin(cognito, pool)
    mail_identity(client("sesv2"))
    found = {
        "COGNITO_USER_POOL_ID": pool,
        "COGNITO_CLIENT_ID": app,
        # As in AWS: tokens name the public issuer, whatever address the pool is reached at. Its keys are at this machine's.
        "JWT_ISSUER": f"https://cognito-idp.{AWS['AWS_REGION']}.amazonaws.com/{pool}",
        "JWKS_URL": f"{AWS['AWS_ENDPOINT_URL']}/{pool}/.well-known/jwks.json",
    }
    return f"AWS: {len(BUCKETS)} buckets, user pool {pool} with {len(GROUPS)} groups, mail from {EMAIL_FROM}", found


def buckets(s3):
    existing = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for name in BUCKETS.values():
        if name not in existing:
            s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": AWS["AWS_REGION"]})
            s3.put_public_access_block(
                Bucket=name,
                PublicAccessBlockConfiguration=dict.fromkeys(
                    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
                ),
            )
    s3.put_bucket_cors(
        Bucket=BUCKETS["UPLOADS_BUCKET"],
        CORSConfiguration={
            "CORSRules": [
                {
                    "AllowedOrigins": [ORIGIN],
                    "AllowedMethods": ["PUT"],
                    "AllowedHeaders": ["*"],
                    "ExposeHeaders": ["ETag"],
                    "MaxAgeSeconds": 3000,
                }
            ]
        },
    )


def user_pool(cognito):
    for page in cognito.get_paginator("list_user_pools").paginate(MaxResults=60):
        for pool in page["UserPools"]:
            if pool["Name"] == POOL:
                return pool["Id"]
    made = cognito.create_user_pool(
        PoolName=POOL,
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        AutoVerifiedAttributes=["email"],
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 10,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
                "TemporaryPasswordValidityDays": 7,
            }
        },
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True, "InviteMessageTemplate": INVITATION},
        VerificationMessageTemplate=RESET,
        AccountRecoverySetting={"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
        EmailConfiguration={
            "EmailSendingAccount": "DEVELOPER",
            "From": EMAIL_FROM,
            "SourceArn": f"arn:aws:ses:{AWS['AWS_REGION']}:000000000000:identity/{EMAIL_FROM}",
        },
    )
    pool = made["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    return pool


def app_client(cognito, pool):
    for existing in cognito.list_user_pool_clients(UserPoolId=pool, MaxResults=60)["UserPoolClients"]:
        if existing["ClientName"] == CLIENT:
            return existing["ClientId"]
    made = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName=CLIENT,
        GenerateSecret=False,
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AccessTokenValidity=15,
        IdTokenValidity=15,
        RefreshTokenValidity=12,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "hours"},
        EnableTokenRevocation=True,
        PreventUserExistenceErrors="ENABLED",
    )
    return made["UserPoolClient"]["ClientId"]


def groups(cognito, pool):
    existing = {group["GroupName"] for group in cognito.list_groups(UserPoolId=pool, Limit=60)["Groups"]}
    for name in GROUPS:
        if name not in existing:
            cognito.create_group(UserPoolId=pool, GroupName=name)


def first_admin(cognito, pool):
    """Somebody must invite the first people. The password of an account that exists is left as it is."""
    try:
        cognito.admin_get_user(UserPoolId=pool, Username=FIRST_ADMIN)
        return
    except cognito.exceptions.UserNotFoundException:
        pass
    cognito.admin_create_user(
        UserPoolId=pool,
        Username=FIRST_ADMIN,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": FIRST_ADMIN},
            {"Name": "email_verified", "Value": "true"},
            {"Name": "name", "Value": "First Administrator"},
        ],
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=FIRST_ADMIN, Password=FIRST_PASSWORD, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=FIRST_ADMIN, GroupName="admin")


def mail_identity(ses):
    existing = {identity["IdentityName"] for identity in ses.list_email_identities()["EmailIdentities"]}
    if EMAIL_FROM not in existing:
        ses.create_email_identity(EmailIdentity=EMAIL_FROM)
