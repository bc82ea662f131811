"""What the server counts, in Prometheus' text format."""

from __future__ import annotations

import resource
import time
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.server.shelf import Shelf

TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counters since the start.

    Attributes:
        answers: by method and status.
        sent: bytes of bodies.
        dropped: connections that were closed on the client's account, by reason.
        connections: open now.
    """

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        self.sent = 0
        self.dropped: Counter[str] = Counter()
        self.connections = 0
        self._started = time.time()

    def render(self, shelf: Shelf) -> bytes:
        """The page that a Prometheus server reads."""
        lines = [
            "# HELP newsloom_http_requests_total Requests answered.",
            "# TYPE newsloom_http_requests_total counter",
        ]
        lines += [
            f'newsloom_http_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(self.answers.items())
        ]
        lines += [
            "# HELP newsloom_http_dropped_total Connections closed.",
            "# TYPE newsloom_http_dropped_total counter",
        ]
        lines += [f'newsloom_http_dropped_total{{reason="{r}"}} {count}' for r, count in sorted(self.dropped.items())]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        for name, kind, about, value in (
            ("newsloom_http_sent_bytes_total", "counter", "Bytes of bodies handed to the network.", self.sent),
            ("newsloom_http_connections", "gauge", "Connections that are open.", self.connections),
            ("newsloom_http_kept_bytes", "gauge", "Bytes of published files in memory.", shelf.weight),
            ("newsloom_http_peak_memory_bytes", "gauge", "Largest resident size of the process.", peak),
            ("newsloom_http_start_time_seconds", "gauge", "When the server started.", int(self._started)),
        ):
            lines += [f"# HELP {name} {about}", f"# TYPE {name} {kind}", f"{name} {value}"]
        return ("\n".join(lines) + "\n").encode()
