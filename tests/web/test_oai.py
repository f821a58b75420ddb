"""OAI-PMH: another's harvester (sickle) takes everything once, and errors are the protocol's."""

from __future__ import annotations

import hashlib
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from archive.export.mets import NAMESPACES, XLINK
from archive.model import Site
from archive.store import open_archive
from archive.web import Settings
from archive.web.interfaces import oai
from archive.web.interfaces.oai_records import set_of
from tests.unit.store_sample import SITE, article, edited, extraction
from tests.web.holdings import KEPT
from tests.web.serving import Served, serving

with warnings.catch_warnings():
    # Its source has escapes that newer Pythons warn of.
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch

OAI = "{http://www.openarchives.org/OAI/2.0/}"
MANY = 230
GONE = "e0007"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """More articles than two pages hold, one of them gone, on two sites."""
    data = tmp_path_factory.mktemp("oai") / "data"
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site(SITE, ("www.a.cn",)))
        archive.store.put_site(Site("研究所", ("www.b.cn",)))
        text = extraction("正文 & <标签>。", title="题\x0b目 & <1>")
        many = [
            article(f"e{n:04}", text, status="gone" if f"e{n:04}" == GONE else "live")
            for n in range(MANY)
        ]
        archive.store.replace_articles(SITE, [*many, edited("z1")])
        archive.store.replace_articles("研究所", [article("y1", text, site="研究所")])
        with serving(archive, Settings(rate=0, contact="archive@a.cn")) as served:
            yield served


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_harvester_takes_every_article_once(large: Served, method: str) -> None:
    harvester = Sickle(f"{large.base}/oai", http_method=method)
    records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    names = [record.header.identifier for record in records]
    assert len(names) == len(set(names)) == MANY + 2
    deleted = [record.header.identifier for record in records if record.header.deleted]
    assert deleted == [f"oai:palimpsest:{GONE}"]
    one = next(record for record in records if record.header.identifier.endswith("e0001"))
    assert one.metadata["title"] == ["题目 & <1>"]
    assert one.metadata["creator"] == ["张三"]
    assert one.metadata["date"] == ["2010-12-09"]
    assert f"{large.base}/article/e0001" in one.metadata["identifier"]


def test_what_changes_during_a_harvest_neither_ends_nor_repeats_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 3)
    text = extraction("正文。", title="题目")
    with open_archive(tmp_path, create=True) as archive, serving(archive) as served:
        archive.store.put_site(Site(SITE, ("www.a.cn",)))
        archive.store.replace_articles(SITE, [article(f"f{n}", text) for n in range(9)])
        harvest = Sickle(f"{served.base}/oai").ListRecords(metadataPrefix="oai_dc")
        first = [next(harvest).header.identifier[-2:] for _ in range(3)]
        # The last one told, one told before and one still to come vanish; two are new.
        left = [article(f"f{n}", text) for n in (1, 3, 4, 6, 7, 8)]
        new = [article("e0", text), article("f9", text)]
        gone = article("f5", text, status="gone")
        archive.store.replace_articles(SITE, [*left, *new, gone])
        rest = [(one.header.identifier[-2:], one.header.deleted) for one in harvest]
    assert first == ["f0", "f1", "f2"]
    assert rest == [(f"f{n}", n == 5) for n in range(3, 10)]


def test_headers_alone_and_sets_narrow_what_is_taken(large: Served) -> None:
    client = Sickle(f"{large.base}/oai")
    sets = {one.setName: one.setSpec for one in client.ListSets()}
    assert set(sets) == {SITE, "研究所"}
    (only,) = client.ListIdentifiers(metadataPrefix="oai_dc", set=sets["研究所"])
    assert only.identifier == "oai:palimpsest:y1"
    late = client.ListRecords(**{"metadataPrefix": "oai_dc", "from": "2010-12-10"})
    assert [record.header.identifier for record in late] == ["oai:palimpsest:z1"]
    assert len(list(client.ListIdentifiers(metadataPrefix="oai_dc", until="2010-12-09"))) == 231
    with pytest.raises(NoRecordsMatch):
        client.ListRecords(metadataPrefix="oai_dc", set="nothing")


def test_the_archive_says_who_it_is(large: Served) -> None:
    client = Sickle(f"{large.base}/oai")
    identity = client.Identify()
    assert identity.adminEmail == "archive@a.cn"
    assert identity.deletedRecord == "transient"
    assert identity.earliestDatestamp == "2010-12-09T12:00:00Z"
    assert [one.metadataPrefix for one in client.ListMetadataFormats()] == ["oai_dc", "mets"]
    record = client.GetRecord(identifier="oai:palimpsest:e0001", metadataPrefix="oai_dc")
    assert record.metadata["subject"] == ["离退休党总支"]
    with pytest.raises(IdDoesNotExist):
        client.GetRecord(identifier="oai:palimpsest:none", metadataPrefix="oai_dc")
    with pytest.raises(BadResumptionToken):
        client.ListRecords(resumptionToken="x", ignore_deleted=True)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2011-01-01&until=2010-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2010&until=2010-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=%00", "badArgument"),
        ("verb=ListRecords&resumptionToken=e30=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=W10=&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&identifier=http://x&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
    ],
)
def test_what_a_harvester_does_wrong_is_told_in_the_protocols_words(
    large: Served, asked: str, code: str
) -> None:
    answer = large.ask("GET", f"/oai?{asked}")
    assert answer.status == 200
    (error,) = etree.fromstring(answer.body).findall(f"{OAI}error")
    assert error.get("code") == code


def test_a_forged_token_is_refused(large: Served) -> None:
    for forged in (b'{"after": 1, "metadataPrefix": "oai_dc"}', b"[]", b"\xff", b'{"x": "y"}'):
        text = urlsafe_b64encode(forged).decode()
        answer = large.ask("GET", f"/oai?verb=ListRecords&resumptionToken={text}")
        assert b"badResumptionToken" in answer.body


def test_a_sites_set_has_the_characters_the_protocol_allows() -> None:
    assert set_of("example.ac.cn") == "example.ac.cn"
    assert set_of("a:b c") != set_of("a:b d")
    assert ":" not in set_of("a:b")
    assert Path(set_of("研究所")).name.isascii()


def test_an_article_is_given_in_mets_and_all_its_files_are_there(room: Served) -> None:
    harvester = Sickle(f"{room.base}/oai")
    formats = [one.metadataPrefix for one in harvester.ListMetadataFormats()]
    assert formats == ["oai_dc", "mets"]
    record = harvester.GetRecord(identifier=f"oai:palimpsest:{KEPT}", metadataPrefix="mets")
    (mets,) = record.xml.iterfind(".//mets:mets", NAMESPACES)
    assert [one.text for one in mets.iterfind(".//dc:identifier", NAMESPACES)] == [KEPT]
    kinds = [one.text for one in mets.iterfind(".//premis:eventType", NAMESPACES)]
    assert kinds == ["capture"]
    places = [one.get(f"{{{XLINK}}}href") for one in mets.iterfind(".//mets:FLocat", NAMESPACES)]
    assert len(places) == 5  # record, package, exchange, attachment, image
    assert {room.ask("GET", one.removeprefix(room.base)).status for one in places} == {200}
    named = {one.get("ID") for one in mets.iter() if one.get("ID")}
    for one in mets.iter():
        for key in ("FILEID", "DMDID", "ADMID"):
            assert one.get(key) is None or one.get(key) in named
    for one in mets.iterfind(".//mets:file[@CHECKSUM]", NAMESPACES):
        (place,) = one.iterfind("mets:FLocat", NAMESPACES)
        address = place.get(f"{{{XLINK}}}href").removeprefix(room.base)
        body = room.ask("GET", address).body
        assert hashlib.sha256(body).hexdigest() == one.get("CHECKSUM")


def test_many_records_are_given_in_mets(large: Served) -> None:
    records = list(Sickle(f"{large.base}/oai").ListRecords(metadataPrefix="mets"))
    assert len(records) == MANY + 2
    assert sum(one.header.deleted for one in records) == 1
