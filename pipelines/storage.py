"""Object storage, as fsspec knows it: `s3://bucket/prefix` and whatever else is installed. Objects are put whole."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from items.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from items.errors import NewsloomError


class Storage:
    """What lies below one address.

    Args:
        key: of newsloom.toml that names the address, for what is said of it.
        url: such as `s3://bucket/prefix`.

    Attributes:
        files: fsspec's file system.
        root: where in it everything lies.

    Raises:
        ConfigError: nothing is installed that knows such an address.
    """

    def __init__(self, key: str, url: str) -> None:
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415

            found: tuple[Any, str] = url_to_fs(url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise ConfigError(f"{key} {url!r}: {error}; s3:// needs `pip install 'newsloom[s3]'`") from None
        self.files, self.root = found
        self._named = f"{key} {url}"

    def there(self) -> dict[str, dict[str, Any]]:
        """Every object, by its path below the root, with what the storage says of it: `size` at least."""
        try:
            found = self.files.find(self.root, detail=True)
        except FileNotFoundError:
            return {}
        paths = {PurePosixPath(name).relative_to(self.root): about for name, about in found.items()}
        # whoever else may write to the bucket must not write beside the folder
        return {str(path): about for path, about in paths.items() if ".." not in path.parts}

    def at(self, path: str) -> str:
        """An object's name in `files`."""
        return f"{self.root}/{path}"

    @contextmanager
    def troubles(self, error: type[NewsloomError]) -> Iterator[None]:
        """Whatever the library of a storage raises, in one line of our own."""
        try:
            yield
        except error:
            raise
        except Exception as raised:
            reason = (str(raised).strip().splitlines() or [type(raised).__name__])[0]
            raise error(f"{self._named}: {reason}; what is there stays whole, the next run goes on") from raised
