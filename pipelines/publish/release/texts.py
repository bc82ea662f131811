"""The two texts that lie in every release."""

README = """\
A newsloom release
==================

Every news article that this newsloom has read, with its source line, its related reading, its times and the
evidence for them, as JSON Lines. One line is one fact and is never edited: an article's version, a tombstone
(it was removed), or a merge (articles are copies of one story). The same id may recur; the highest version
holds. schema/article-1.json describes a line.

One thing alone changes a line: an article that must go for legal or privacy reasons. Then a redaction stands in
the place of each of its versions, a tombstone of the same moment says why, and the day's file has a new name
(-r1, -r2, ...); the manifest tells what it replaces. Please remove the former file from your copy.

  index.json                          read this first; it is written last, so what it names is there
  articles/YYYY/MM/manifest.json      size, SHA-256 and counts of each file of the month
  articles/YYYY/MM/articles-DAY.jsonl.gz       what was recorded on that UTC day; never changes again
  articles/YYYY/MM/articles-DAY.open.jsonl.gz  today; only grows, by whole gzip members
  SHA256SUMS                          for `sha256sum -c SHA256SUMS`
  datapackage.json                    the same list for Frictionless tools

To keep a copy:     newsloom pull {base_url} FOLDER
Without newsloom:   fetch index.json; fetch the manifests whose sha256 changed; fetch the files that you lack.
To check a copy:    newsloom verify FOLDER
To build an archive from it: newsloom import FOLDER

Served at {base_url}
"""

RIGHTS = """\
The articles belong to their publishers. This release passes on what each site's rights policy allows: the full
text, an excerpt, or only title and link (the field rights.policy of each line says which). Facts about an
article (its address, title, times, credited source) are given for reference and research.

Who wants something removed or corrected should write to the operator of the site that serves this release; a
removal is recorded as a tombstone line.
"""
