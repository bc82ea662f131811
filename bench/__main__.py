"""`make bench`: every benchmark, one after the other."""

from bench import parsing, release

if __name__ == "__main__":
    parsing.main()
    release.main()
