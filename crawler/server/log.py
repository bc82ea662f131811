"""The access log, in the combined format that every log reader knows; written a batch at a time."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_UNSAFE = re.compile(r"[^\x20\x21\x23-\x5b\x5d-\x7e]")
_BATCH = 2_000


class AccessLog:
    """Writes a line for each request.

    Args:
        path: the file; None for standard output.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lines: list[str] = []
        self._second, self._when = 0, ""
        self._file = self._open()

    def write(self, address: str, request: str, status: int, size: int, fields: dict[bytes, str]) -> None:
        """Note a request; what a client chose to say can't break the line."""
        second = int(time.time())
        if second != self._second:
            self._second, self._when = second, time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(second))
        referrer, agent = _safe(fields.get(b"referer", "-")), _safe(fields.get(b"user-agent", "-"))
        self._lines.append(f'{address} - - [{self._when}] "{_safe(request)}" {status} {size} "{referrer}" "{agent}"\n')
        if len(self._lines) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting; a full disk loses lines, never an answer."""
        lines, self._lines = self._lines, []
        try:
            self._file.write("".join(lines).encode())
            self._file.flush()
        except OSError:
            pass

    def reopen(self) -> None:
        """Go on in a new file of the same name: what logrotate asks for with SIGHUP."""
        self.flush()
        if self._path is not None:
            self._file.close()
            self._file = self._open()

    def _open(self) -> BinaryIO:
        return open(1, "wb", buffering=0, closefd=False) if self._path is None else self._path.open("ab")


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda m: f"\\x{ord(m[0]):02X}", text[:1000])
