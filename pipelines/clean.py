"""The first pipeline: an article fit to be kept, or a reason why it isn't one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from items.run import Cause, Outcome, Visit

if TYPE_CHECKING:
    from items.article import Article

_LONGEST_TEXT = 2_000_000
"""Characters; the longest real articles have a tenth of this."""


class CleanPipeline:
    """Rejects what holds no article, and bounds what is too long to be one."""

    def process_item(self, item: Visit) -> Visit:
        """Clean a visit's article in place."""
        if item.article is not None:
            fault = fault_of(item.article)
            if fault is not None:
                item.article = None
                item.entry.outcome, item.entry.cause, item.entry.reason = Outcome.REJECTED, Cause.NO_ARTICLE, fault
        return item


def fault_of(article: Article) -> str | None:
    """Why an article can't be kept; None when it can."""
    if not article.text and article.rights.policy == "full" and not article.images:
        return "no text was found on the page"
    if len(article.text or "") > _LONGEST_TEXT:
        return f"its text is longer than {_LONGEST_TEXT:,} characters"
    return None
