"""The article's own lists of related reading."""
