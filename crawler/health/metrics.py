"""Health for Prometheus: a text file after each run, for node_exporter's textfile collector or `newsloom serve`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from items.health import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from items.health import SiteHealth
    from items.run import Run

FILE = "newsloom.prom"


def metrics_of(run: Run, sites: Sequence[SiteHealth]) -> str:
    """The metrics of the last run and of every site, in Prometheus' text format 0.0.4."""
    finished = run.finished.timestamp() if run.finished else 0
    verdicts = Counter(found.verdict for found in sites)
    lines = [
        *metric("newsloom_run_finished_seconds", "When the last run ended, in Unix time.", [("", int(finished))]),
        *metric(
            "newsloom_run_duration_seconds",
            "How long the last run took.",
            [("", max(0, int(finished - run.started.timestamp())))],
        ),
        *metric(
            "newsloom_sites",
            "Sites by verdict.",
            [(labels(verdict=verdict), verdicts[verdict]) for verdict in Verdict],
        ),
        *metric(
            "newsloom_site_verdict",
            "1 for the verdict that a site has.",
            [(labels(site=found.site, verdict=found.verdict), 1) for found in sites],
        ),
        *metric(
            "newsloom_site_since_seconds",
            "Since when a site has its verdict, in Unix time.",
            [(labels(site=found.site), int(found.since.timestamp())) for found in sites],
        ),
        *metric(
            "newsloom_run_articles",
            "Article URLs of the last run, by how they ended.",
            [
                (labels(site=count.site, outcome=outcome), number)
                for count in run.sites
                for outcome, number in sorted(count.outcomes.items())
            ],
        ),
        *metric(
            "newsloom_gaps",
            "Stretches of a site's listings that no run has read yet.",
            [(labels(site=count.site), len(count.gaps)) for count in run.sites],
        ),
    ]
    return "\n".join(lines) + "\n"


def write_metrics(folder: Path, run: Run, sites: Sequence[SiteHealth]) -> None:
    """Write the file whole, as its collector may read it at any time."""
    write_whole(folder / FILE, metrics_of(run, sites))


def write_whole(path: Path, text: str) -> None:
    """Write a metrics file so that its collector, and another writer, never meet a part of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def metric(name: str, about: str, samples: Iterable[tuple[str, int]], *, kind: str = "gauge") -> list[str]:
    """The lines of one metric."""
    values = [f"{name}{labelled} {value}" for labelled, value in samples]
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}", *values]


def labels(**said: str) -> str:
    """Labels as Prometheus reads them."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in said.items()) + "}"
