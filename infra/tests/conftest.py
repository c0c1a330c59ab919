"""What the tests of the stack share. They need the environment of a running stack: set -a; . .local/test/env"""

import os
import ssl

import httpx
import pytest


def client(http2):
    trusted = ssl.create_default_context(cafile=os.environ["GATEWAY_CA"])
    return httpx.Client(base_url=os.environ["GATEWAY_URL"], verify=trusted, http2=http2, trust_env=False)


@pytest.fixture(scope="session", params=["HTTP/1.1", "HTTP/2"])
def gateway(request):
    with client(http2=request.param == "HTTP/2") as over_either:
        yield over_either


@pytest.fixture(scope="session")
def plain():
    """HTTP/1.1 only, where the Python client stops sending when the answer comes early."""
    with client(http2=False) as over_one:
        yield over_one
