"""The release: what archivists download. `layout` says what it looks like, `write` makes it, `verify` checks it."""

from pipelines.publish.release.captures import RawLayer
from pipelines.publish.release.verify import verify_release
from pipelines.publish.release.write import publish_release

__all__ = ["RawLayer", "publish_release", "verify_release"]
