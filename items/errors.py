"""Every error that newsloom itself raises.

NewsloomError            the user can act on it; the message is one line that says how
├── ConfigError          newsloom.toml is wrong
├── SiteFileError        a site file is wrong; the other sites go on
├── UnknownSiteError     no site file of that id
├── ArchiveError         the archive can't be opened, migrated or written
├── PublishError         what was to be published can't be written or isn't valid; the old files stay
└── RunLockedError       another run holds the lock
"""

from __future__ import annotations


class NewsloomError(Exception):
    """Base of all: its text is one line for the user.

    Attributes:
        exit_status: what the command exits with.
    """

    exit_status = 1


class ConfigError(NewsloomError):
    """newsloom.toml can't be read, or says something it can't mean."""


class SiteFileError(NewsloomError):
    """A site file can't be read, or says something it can't mean."""


class UnknownSiteError(NewsloomError):
    """A site was named that no site file describes."""


class ArchiveError(NewsloomError):
    """The archive can't be opened, migrated or written."""

    exit_status = 3


class PublishError(NewsloomError):
    """A file can't be published; what was published before stays as it is."""

    exit_status = 3


class RunLockedError(NewsloomError):
    """Another run holds the lock of this data folder."""

    exit_status = 4
