"""From the archive to what people read and download: feeds and the release."""
