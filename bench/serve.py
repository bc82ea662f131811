"""`newsloom serve` beside nginx: requests per second for a feed of 200 KB, whole, unchanged (304) and gzipped.

Baseline: nginx with one worker and deploy/nginx.conf, in the same run, asked by the same wrk in turns.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pipelines.publish.files import PublicFolder
from tests.serving import NGINX, nginx_serving, serving
from tests.test_serve import ask

if TYPE_CHECKING:
    from tests.serving import Server

ROUNDS = 5
SECONDS = 2


def feed() -> bytes:
    """200 KB that compress about as feeds do."""
    seeded = random.Random(1)
    words = ["".join(seeded.choices("abcdefghijklmnopqrstuvwxyz", k=seeded.randint(2, 9))) for _ in range(3000)]
    text = ""
    while len(text) < 200 * 1024:
        text += f"<entry><title>{' '.join(seeded.choices(words, k=30))}</title></entry>\n"
    return f"<feed>{text}</feed>".encode()


def requests_per_second(server: Server, *fields: str) -> float:
    """What wrk counts with 32 connections."""
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}", *(part for field in fields for part in ("-H", field))]
    said = subprocess.run([*command, f"{server.address}feeds/all.atom"], capture_output=True, text=True, check=True)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said.stdout)[1])


def main() -> None:
    """Print a line for each way of asking."""
    if NGINX is None or shutil.which("wrk") is None:
        print("serve: needs nginx and wrk: apt-get install nginx-light wrk")
        return
    print(f"serve: requests/s for a feed of 200 KB, 32 connections, median of {ROUNDS} rounds in turns")
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        Path(home).chmod(0o755)
        PublicFolder(Path(home) / "public").write("feeds/all.atom", feed(), packed=True)
        with serving(Path(home) / "public") as ours, nginx_serving(Path(home) / "public") as theirs:
            ways = {
                "whole": lambda _: (),
                "304": lambda server: (f"If-None-Match: {ask(server, '/feeds/all.atom').headers['ETag']}",),
                "gzip": lambda _: ("Accept-Encoding: gzip",),
            }
            for name, fields in ways.items():
                counts: dict[str, list[float]] = {"ours": [], "theirs": []}
                for _ in range(ROUNDS):
                    counts["ours"].append(requests_per_second(ours, *fields(ours)))
                    counts["theirs"].append(requests_per_second(theirs, *fields(theirs)))
                here, there = median(counts["ours"]), median(counts["theirs"])
                print(f"  {name:6} newsloom {here:8.0f}  nginx {there:8.0f}  ratio {here / there:.2f}")


if __name__ == "__main__":
    main()
