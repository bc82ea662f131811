"""Why a request got no answer: a cause for programs, and words for people."""

from __future__ import annotations

import zlib
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

from items.run import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator


_DECODERS = ("brotli", "_brotli", "compression.zstd", "_zstd", "backports.zstd", "backports.zstd._zstd")
"""The modules of decoders that have errors of their own."""

_TLS = ("OpenSSL.", "service_identity.")
"""The modules whose errors say that a connection is not what it says it is."""

TOO_LARGE = "the answer is too large"

_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Cause, str], ...] = (
    (DownloadTimeoutError, Cause.TIMED_OUT, "timed out"),
    (CannotResolveHostError, Cause.DNS, "its host has no address"),
    (DownloadConnectionRefusedError, Cause.CONNECTION, "the connection was refused"),
    (ResponseDataLossError, Cause.BROKEN, "the answer broke off"),
    (DownloadCancelledError, Cause.TOO_LARGE, TOO_LARGE),
    (UnsupportedURLSchemeError, Cause.ADDRESS, "is no web address"),
)


class RefusedError(IgnoreRequest):
    """A request that newsloom does not send, or an answer that it does not take.

    Args:
        cause: for programs.
        words: for people, a few.
    """

    def __init__(self, cause: Cause, words: str) -> None:
        super().__init__(words)
        self.cause = cause


class StoppedError(IgnoreRequest):
    """A request that is not sent because the run is being stopped: nothing is to be said of it."""


def was_not_asked(error: BaseException | None) -> bool:
    """Whether the request was never sent: robots.txt, the budget or the server's wish forbids it."""
    cause, _ = cause_of(error)
    return cause in (Cause.ROBOTS, Cause.BUDGET, Cause.PAUSED)


def cause_of(error: BaseException | None) -> tuple[Cause, str]:
    """Why it failed, for programs, and in a few words."""
    if isinstance(error, RefusedError):
        return error.cause, str(error)
    if isinstance(error, IgnoreRequest):
        return _of_scrapy(str(error))
    for kind, cause, words in _REASONS:
        if isinstance(error, kind):
            return cause, words
    if isinstance(error, EOFError | OSError | zlib.error) or type(error).__module__ in _DECODERS:
        return Cause.BROKEN, "the answer can't be decompressed"
    chain = list(_chain(error))
    if tls := next((e for e in chain if type(e).__module__.startswith(_TLS)), None):
        return Cause.TLS, f"its certificate or encryption is wrong: {_words_of_tls(tls)}"
    first = (str(error) or type(error).__name__).splitlines()[0]
    return Cause.CONNECTION, f"the connection failed: {first}" if isinstance(error, DownloadFailedError) else first


def _of_scrapy(words: str) -> tuple[Cause, str]:
    """What Scrapy's own middlewares mean when they give a request up."""
    if "max redirections" in words:
        return Cause.REDIRECTS, "is redirected again and again"
    if "DOWNLOAD_MAXSIZE" in words:
        return Cause.TOO_LARGE, f"{TOO_LARGE} once decompressed"
    return Cause.ROBOTS, words


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it came from, and what Twisted packed into either."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, *(failure.value for failure in getattr(one, "reasons", None) or ())]


def _words_of_tls(error: BaseException) -> str:
    """The last words of an OpenSSL error, `certificate verify failed`; the kind of any other."""
    parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return str(parts[-1][-1]) if parts else type(error).__name__
