"""Why a request got no answer, in words for the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

if TYPE_CHECKING:
    from twisted.python.failure import Failure

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (DownloadTimeoutError, "timed out"),
    (CannotResolveHostError, "its host has no address"),
    (DownloadConnectionRefusedError, "the connection was refused"),
    (ResponseDataLossError, "the answer broke off"),
    (DownloadCancelledError, "the answer is too large"),
    (UnsupportedURLSchemeError, "is no web address"),
)


def was_not_asked(failure: Failure) -> bool:
    """Whether the request was never sent: robots.txt forbids it."""
    return isinstance(failure.value, IgnoreRequest)


def reason_of(failure: Failure) -> str:
    """The failure in a few words."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return str(error) or "robots.txt forbids it"
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    first = (str(error) or type(error).__name__).splitlines()[0]
    return f"the connection failed: {first}" if isinstance(error, DownloadFailedError) else first
