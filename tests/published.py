"""A small published folder with everything a page can show: copies, versions, related reading, hostile words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from items.article import Article
from items.run import Entry, Outcome
from items.site import Site, load_site
from pipelines.archive import Archive, ledger
from pipelines.archive.articles import keep
from pipelines.publish.publication import Publication
from pipelines.publish.publish import Published, publish
from tests.loopback import site_file

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
SILK = "http://www.silk.example/news/1.html"
COTTON = "http://www.cotton.example/news/7.html"
ATTACK = "<script>window.planted=1</script><img src=x onerror=window.planted=1>\"'><svg onload=window.planted=1>"
HOSTILE = "http://www.cotton.example/news/666.html"


def sites(folder: Path) -> dict[str, Site]:
    """Three sites on the web's reserved names."""
    made = {}
    for name, language in (("silk", "zh"), ("cotton", "en"), ("nasj", "ar")):
        path = folder / f"{name}.toml"
        text = site_file(name, f"http://www.{name}.example/")
        path.write_text(text.replace('["en"]', f'["{language}"]').replace(f'en = "{name}"', f'en = "The {name} site"'))
        made[name] = load_site(path)
    return made


def at(moment: datetime) -> dict[str, str]:
    """A published time to the minute."""
    return {"at": moment.isoformat(), "precision": "minute", "basis": "visible", "zone": "page"}


def put(connection: Connection, url: str, title: str, text: str, *, now: datetime = NOW, **said: Any) -> None:
    """Keep an article as if it had been crawled."""
    site = url.split(".")[1]
    about = {"site": site, "url": url, "title": title, "text": text, "language": "en"} | said
    keep(connection, Article.model_validate(about), now=now)


def fill(archive: Archive) -> None:
    """Keep the articles, and a run that found them."""
    chinese = "今年前两个月真丝绸商品出口总体平稳，制成品占比继续提升。海关数据显示，出口额同比增长百分之三。\n" * 3
    english = (
        "Cotton prices rose by two per cent in the week, traders in Liverpool said on Friday.\n"
        "Mills in the north bought for the spring, and merchants in the south held back.\n"
        "The next report is due at the end of the month, when the new crop is counted."
    )
    with archive.writing() as connection:
        shanghai = datetime.fromisoformat("2026-03-18T23:30:00+08:00")
        put(
            connection,
            SILK,
            "真丝绸商品出口平稳",
            chinese,
            language="zh",
            published=at(shanghai),
            source={"name": "中国纺织报", "raw": "来源：中国纺织报"},
            related=[
                {"title": "Cotton prices rise", "url": COTTON},
                {"title": "Elsewhere", "url": "http://else.example/"},
            ],
        )
        put(
            connection,
            "http://www.cotton.example/news/copy.html",
            "真丝绸商品出口平稳",
            chinese,
            language="zh",
            published=at(shanghai + timedelta(hours=9)),
            source={"name": "中国纺织报", "raw": "来源：中国纺织报"},
        )
        put(
            connection,
            COTTON,
            "Cotton prices rise",
            english,
            published={"at": "2026-03-17", "precision": "day", "raw": "17 March 2026", "basis": "visible"},
        )
        put(
            connection,
            "http://www.nasj.example/news/3.html",
            "ارتفاع صادرات المنسوجات القطنية في مصر",
            "ارتفعت صادرات المنسوجات القطنية في الربع الأول من العام.\n" * 4,
            language="ar",
        )
        put(
            connection,
            HOSTILE,
            f"Hostile {ATTACK}",
            f"{ATTACK}\n" * 5,
            html=f"<p onclick='window.planted=1'>{ATTACK}</p><a href='javascript:window.planted=1'>x</a>"
            "<img src='http://evil.example/pixel.gif'>",
            source={"name": f"Source {ATTACK}", "raw": ATTACK, "url": "http://evil.example/"},
            authors=[ATTACK],
            tags=[ATTACK],
            related=[{"title": f"Related {ATTACK}", "url": "http://evil.example/a?b='onmouseover=x"}],
            published=at(datetime(2026, 3, 16, 12, tzinfo=UTC)),
        )
        for number in range(30):
            put(
                connection,
                f"http://www.cotton.example/news/w{number}.html",
                f"Loom report number {number} for the weaving mills",
                f"The looms of mill {number} ran for {number * 37} hours.\nNumber {number} of the reports." * 3,
                published=at(datetime(2026, 2, 1, 8, tzinfo=UTC) + timedelta(days=number)),
            )
        put(
            connection,
            COTTON,
            "Cotton prices rise",
            english.replace("two per cent", "four per cent", 1),
            now=NOW + timedelta(hours=2),
            published={"at": "2026-03-17", "precision": "day", "raw": "17 March 2026", "basis": "visible"},
        )
        run = ledger.start_run(connection)
        for url in (SILK, COTTON):
            site = url.split(".")[1]
            ledger.note(connection, run, Entry(site=site, url=url, kind="article", outcome=Outcome.KEPT))
        ledger.note_listed(connection, run, [("silk", 1, 0), ("cotton", 33, 0)])
        ledger.finish_run(connection, run)


def publish_into(folder: Path, archive: Archive, base_url: str = "http://localhost:8000/") -> Published:
    """Publish an archive into `folder/public`."""
    publication = Publication(root=folder / "public", base_url=base_url, title="newsloom")
    return publish(archive, sites(folder), publication)
