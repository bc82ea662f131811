"""What the spider holds while it crawls: requests take memory, and one that is lost must not hold up the others."""

import pytest
from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse

from items.site import Listing, Site
from pipelines.archive import Archive
from pipelines.archive.desk import Desk
from spiders.site import SiteSpider
from tests.loopback import listing_page

HOME = "http://mill.example/"
SITE = Site(
    id="mill",
    name={"en": "Mill"},
    languages=["en"],
    zone="UTC",
    home=HOME,
    listings=[Listing(url=HOME, links="css:li a")],
    checked="never",
)


class Engine:
    """Stands where Scrapy's does, and keeps what it is told to ask for."""

    def __init__(self) -> None:
        self.engine, self.asked = self, list[Request]()

    def crawl(self, request: Request) -> None:
        self.asked.append(request)


@pytest.fixture
def spider(tmp_path):
    archive = Archive(f"sqlite:///{tmp_path}/archive.db")
    made = SiteSpider(sites=[SITE], desk=Desk(archive))
    made.begin(SITE)
    yield made
    archive.close()


def answered(request: Request, body: str = "", status: int = 200) -> list[Request]:
    """The requests that follow from an answer."""
    response = HtmlResponse(request.url, status=status, body=body.encode(), request=request)
    return [got for got in request.callback(response, **request.cb_kwargs) if isinstance(got, Request)]


def test_of_a_thousand_listed_articles_a_few_are_asked_for_and_the_next_as_each_is_answered(spider) -> None:
    (listing,) = spider._start_walks(SITE)
    waiting = answered(listing, listing_page(*(f"/news/{number}" for number in range(1000))))
    assert len(waiting) == 16
    asked = []
    while waiting:
        asked.append(waiting.pop(0))
        waiting += answered(asked[-1], status=404)
        assert len(waiting) <= 16
    assert [request.url for request in asked] == [f"{HOME}news/{number}" for number in range(1000)]


def test_articles_wait_in_vain_for_none_that_ended_without_a_word(spider) -> None:
    (listing,) = spider._start_walks(SITE)
    answered(listing, listing_page(*(f"/news/{number}" for number in range(20))))
    spider.crawler = Engine()
    with pytest.raises(DontCloseSpider):
        spider.idle()
    assert [request.url for request in spider.crawler.asked] == [f"{HOME}news/{number}" for number in range(16, 20)]
