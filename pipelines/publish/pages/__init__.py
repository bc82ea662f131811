"""Pages for people: static files that need nothing but a browser, and not even its JavaScript."""
