"""`make bench`: every benchmark, one after the other."""

from bench import crawl, feeds, pages, parsing, release, serve, stories

if __name__ == "__main__":
    parsing.main()
    crawl.main()
    release.main()
    serve.main()
    pages.main()
    stories.main()
    feeds.main()
