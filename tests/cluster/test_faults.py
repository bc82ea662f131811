"""Three workers, one killed, one told to stop, the database restarted: nothing lost or doubled, nobody pressed."""

import pytest

from pipelines.archive.captures import Captures
from tests.cluster.hosts import Hosts
from tests.cluster.trial import Cluster, alone, trial


@pytest.fixture(scope="module")
def run(tmp_path_factory, postgres):
    """What such a run left behind, and the stories of a single process over the same input."""
    folder = tmp_path_factory.mktemp("cluster")
    address = postgres.url(postgres.new_database())
    (folder / "bucket").mkdir()
    with Hosts(8, 4, 72, delay=0.25) as hosts:
        with Cluster(folder, address, hosts, bucket=f"file://{folder}/bucket") as cluster:
            report = trial(cluster, postgres, faults=True)
        addresses = hosts.urls()
        hosts.delay = 0
        yield report, alone(folder / "alone", hosts), addresses, folder
    postgres.drop(address)


def test_every_article_is_kept_exactly_once(run) -> None:
    report, _, addresses, _ = run
    assert report.urls == sorted(addresses)
    assert report.versions == {1}


def test_stories_are_those_of_a_single_process(run) -> None:
    report, stories, *_ = run
    assert report.stories == stories
    assert len(stories) == 72 - 4


def test_at_most_what_was_on_its_way_is_fetched_twice(run) -> None:
    report, *_ = run
    assert report.beyond == 0
    assert report.listed <= report.most_listed


def test_no_host_is_pressed(run) -> None:
    report, *_ = run
    short, intervals = report.short
    assert short <= intervals * 0.01, f"{short} of {intervals} intervals were too short"


def test_whatever_ended_the_workers_every_answer_is_in_the_bucket(run) -> None:
    _, _, addresses, folder = run
    assert not list((folder / "data" / "captures").glob("*.warc.gz"))
    captures = Captures(folder / "elsewhere", f"file://{folder}/bucket")
    articles = {one.url: one for one in captures.indexed() if one.about.get("kind") == "article"}
    assert articles.keys() == addresses
    assert all(b"The mill" in captures.read(one).body for one in articles.values())
