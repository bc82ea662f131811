"""Full-text search over titles, texts and sources, in every language and script, on every database alike.

`words` cuts a text into words, `index` keeps which record has which, `find` answers questions.
"""

from pipelines.archive.search.find import Filters, Found, find
from pipelines.archive.search.index import bring_up_to_date

__all__ = ["Filters", "Found", "bring_up_to_date", "find"]
