"""Getting to know a site: what leads to its articles, and by what rules they are read."""
