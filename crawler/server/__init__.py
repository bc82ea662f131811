"""The web server of the published folder: `connection` reads a request, `shelf` finds the file, `answer` answers."""
