"""A strict validator of RSS 2.0, Atom 1.0, JSON Feed 1.1 and OPML 2.0: what it passes, every reader takes.

It holds the specifications, the RSS Board's profile, and what the W3C's feed validator warns of. It knows nothing of
how newsloom writes feeds, so it judges any; where it is stricter than the specifications (web addresses only, HTML of
an allow-list), that is what newsloom promises its subscribers.
"""

from __future__ import annotations

from pipelines.publish.feeds.valid.validator import Validator

__all__ = ["Validator"]
