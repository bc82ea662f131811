"""What changed since a folder was last published to: feeds, release and pages go by it, and each writes only that.

The archive's tellings are the log; the folder itself remembers up to which of them it has come. So a folder that was
emptied, moved or restored from a backup is brought up to date like any other, and a run that was killed is made up for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import func, select

from items.article import canonical_json
from pipelines.archive.tables import tellings

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from pipelines.publish.files import PublicFolder
    from pipelines.publish.publication import Publication

_MEMORY = ".newsloom.json"
"""Where a published folder remembers what it was brought up to."""


@dataclass(slots=True)
class Changes:
    """What a folder has yet to be told.

    Attributes:
        since: the last telling that the folder knows; 0 for none.
        until: the newest telling.
        everything: whether all that may change is to be written anew: the folder is new, or the settings changed.
        moved: whether it is served at another address than before, so that even closed files name the wrong one.
        owed: paths of feeds that could not be written last time.
    """

    since: int
    until: int
    everything: bool
    moved: bool
    owed: list[str] = field(default_factory=list)

    def stories(self, connection: Connection) -> list[UUID]:
        """Ids of the stories that were told anew, or taken away, in the order of it; all of them for a new folder."""
        last = func.max(tellings.c.id)
        since = 0 if self.everything else self.since
        changed = select(tellings.c.story).where(tellings.c.id > since, tellings.c.id <= self.until)
        return list(connection.execute(changed.group_by(tellings.c.story).order_by(last)).scalars())


def changes_of(connection: Connection, folder: PublicFolder, publication: Publication) -> Changes:
    """What a folder has yet to be told."""
    until = connection.execute(select(func.max(tellings.c.id))).scalar() or 0
    try:
        known = orjson.loads(folder.read(_MEMORY) or b"{}")
        since, settings, base_url = int(known["told"]), known["settings"], known["base_url"]
        owed = [str(path) for path in known["owed"]]
    except (ValueError, KeyError, TypeError):  # new, or broken by somebody
        return Changes(since=0, until=until, everything=True, moved=False)
    everything = settings != publication.settings or since > until
    return Changes(since, until, everything, moved=base_url != publication.base_url, owed=owed)


def remember(folder: PublicFolder, publication: Publication, changes: Changes) -> None:
    """Let a folder remember that it has been told everything but what it is owed."""
    known = {"told": changes.until, "settings": publication.settings, "base_url": publication.base_url}
    folder.write(_MEMORY, canonical_json(known | {"owed": sorted(changes.owed)}) + b"\n", reported=False)
