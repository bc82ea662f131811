"""Exporting: facts out of the archive from a cursor on, as JSON Lines, CSV or Parquet."""
