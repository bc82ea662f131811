"""Health for Prometheus: a text file after each run, for node_exporter's textfile collector or `newsloom serve`."""

from __future__ import annotations

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
        *_metric("newsloom_run_finished_seconds", "When the last run ended, in Unix time.", [("", int(finished))]),
        *_metric(
            "newsloom_run_duration_seconds",
            "How long the last run took.",
            [("", max(0, int(finished - run.started.timestamp())))],
        ),
        *_metric(
            "newsloom_sites",
            "Sites by verdict.",
            [(_labels(verdict=verdict), verdicts[verdict]) for verdict in Verdict],
        ),
        *_metric(
            "newsloom_site_verdict",
            "1 for the verdict that a site has.",
            [(_labels(site=found.site, verdict=found.verdict), 1) for found in sites],
        ),
        *_metric(
            "newsloom_site_since_seconds",
            "Since when a site has its verdict, in Unix time.",
            [(_labels(site=found.site), int(found.since.timestamp())) for found in sites],
        ),
        *_metric(
            "newsloom_run_articles",
            "Article URLs of the last run, by how they ended.",
            [
                (_labels(site=count.site, outcome=outcome), number)
                for count in run.sites
                for outcome, number in sorted(count.outcomes.items())
            ],
        ),
        *_metric(
            "newsloom_gaps",
            "Stretches of a site's listings that no run has read yet.",
            [(_labels(site=count.site), len(count.gaps)) for count in run.sites],
        ),
    ]
    return "\n".join(lines) + "\n"


def write_metrics(folder: Path, run: Run, sites: Sequence[SiteHealth]) -> None:
    """Write the file whole, as its collector may read it at any time."""
    part = folder / f"{FILE}.part"
    part.write_text(metrics_of(run, sites), encoding="utf-8")
    part.replace(folder / FILE)


def _metric(name: str, about: str, samples: Iterable[tuple[str, int]]) -> list[str]:
    return [f"# HELP {name} {about}", f"# TYPE {name} gauge", *(f"{name}{labels} {value}" for labels, value in samples)]


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
