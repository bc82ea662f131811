"""Site → page → article."""

from pathlib import Path

BUNDLED_SITES = Path(__file__).parent / "sites"
"""The site files that newsloom ships."""
