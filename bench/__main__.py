"""`make bench`: every benchmark, one after the other."""

from bench import pages, parsing, release, serve

if __name__ == "__main__":
    parsing.main()
    release.main()
    serve.main()
    pages.main()
