"""One Postgres database and one role for each service; a role reaches its own database and no other."""

import psycopg
from psycopg import sql

from .settings import SERVICES, database_url

TEST_ADMIN = "test_admin"


def prepare():
    created = 0
    with psycopg.connect(database_url("postgres", "postgres-local", "postgres"), autocommit=True) as db:
        roles = {name for (name,) in db.execute("SELECT rolname FROM pg_roles")}
        databases = {name for (name,) in db.execute("SELECT datname FROM pg_database")}
        for database in ("postgres", "template1"):
            db.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        for name in service_databases():
            if name not in roles:
                role(db, name, "NOCREATEDB")
            if name not in databases:
                named = sql.Identifier(name)
                db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(named, named))
                db.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(named))
                created += 1
        if TEST_ADMIN not in roles:
            role(db, TEST_ADMIN, "CREATEDB")
        db.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(sql.Identifier(TEST_ADMIN)))
    urls = {
        f"{name.removesuffix('_service').upper()}_DATABASE_URL": database_url(name, password(name), name)
        for name in service_databases()
    }
    urls["TEST_DATABASE_ADMIN_URL"] = database_url(TEST_ADMIN, password(TEST_ADMIN), "postgres")
    return f"databases: {len(service_databases())}, {created} of them new, each with a role of its own", urls


def service_databases():
    return [f"{name}_service" for name in SERVICES]


def password(role_name):
    return f"{role_name}-local"


def role(db, name, right):
    statement = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE " + right + " PASSWORD {}"
    db.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password(name))))
