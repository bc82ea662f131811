"""Feeds: what stands in each, and how it is written."""
