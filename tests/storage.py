"""An S3 server of the tests' own, and how a program comes to speak with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from collections.abc import Iterator


def serving() -> Iterator[str]:
    """For a fixture: the address of a server for as long as it is asked for."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def credentials(storage: str) -> dict[str, str]:
    """What the environment says."""
    return {
        "AWS_ENDPOINT_URL": storage,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
