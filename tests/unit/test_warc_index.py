"""The CDXJ index: sorted, whole, up to date, and by the keys that replay tools ask for."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.model import Original
from archive.warc import WarcWriter, recover
from archive.warc.cdxj import Entry, read_line
from archive.warc.index import Index
from archive.warc.listing import entries_of
from archive.warc.surt import surt_key
from crawler.selftest.scenarios import SCENARIOS
from tests.unit.warc_samples import CHUNKED, PLAIN, sample, write_file, write_revisit

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


def lines(directory: Path) -> list[bytes]:
    return list(Index(directory).lines())


def write_nights(directory: Path) -> None:
    """Three nights of two pages, in a file each: new, the same again, not modified."""
    originals: list[Original] = []
    for night, name in enumerate(("new", "again", "confirmed")):
        with WarcWriter(directory, prefix=name) as writer:
            for number, response in enumerate((PLAIN, CHUNKED)):
                first = sample(number, response)
                moment = first.captured_at + timedelta(days=night)
                capture = replace(first, captured_at=moment)
                if night == 0:
                    pointer = writer.write(capture)
                    originals.append(Original(capture.url, capture.captured_at, pointer))
                    continue
                if night == 2:
                    capture = replace(capture, response=NOT_MODIFIED)
                write_revisit(writer, capture, originals[number])


def test_an_entry_leads_to_its_record(tmp_path: Path) -> None:
    _, captures = write_file(tmp_path)
    assert len(lines(tmp_path)) == len(captures)
    for line in lines(tmp_path):
        key, timestamp, told = line.decode().split(" ", 2)
        fields = json.loads(told)
        start, length = int(fields["offset"]), int(fields["length"])
        member = (tmp_path / fields["filename"]).read_bytes()[start : start + length]
        [record] = ArchiveIterator(BytesIO(member))
        assert record.rec_type == "response"
        assert record.rec_headers["WARC-Target-URI"] == fields["url"]
        assert key == "cn,ac,example)/" + fields["url"][-1]
        assert timestamp == "20260301123015"
        assert fields["status"] == "200"
        assert set(map(type, fields.values())) == {str}


def test_the_index_is_sorted_over_all_files(tmp_path: Path) -> None:
    for number in (5, 2, 9, 0):
        with WarcWriter(tmp_path, prefix="f", max_bytes=1500) as writer:
            for page in range(number, number + 4):
                writer.write(sample(page))
    found = lines(tmp_path)
    assert found == sorted(found)
    assert len(found) == 16
    assert {read_line(line).file for line in found} == {p.name for p in tmp_path.glob("*.gz")}


def test_an_open_file_is_not_in_the_index_until_it_is_whole(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, prefix="open")
    writer.write(sample())
    assert lines(tmp_path) == []
    writer.close()
    assert len(lines(tmp_path)) == 1


def test_what_is_written_and_what_is_read_again_give_the_same_lines(tmp_path: Path) -> None:
    write_nights(tmp_path)
    with WarcWriter(tmp_path, prefix="odd") as writer:
        for number, scenario in enumerate(SCENARIOS):
            writer.write(sample(number + 10, b"".join(scenario.parts)))
        writer.write(sample(1, response=b"", error="connection-refused"))
        writer.write(sample(2, url="http://www.example.ac.cn/党 建?b=2&a=1#x"))
        writer.write(sample(3, b"no http", request=b"", url="urn:sha256:abc"))
    written = lines(tmp_path)
    (tmp_path / "index.cdxj").unlink()
    recover(tmp_path)
    assert lines(tmp_path) == written
    answers = [scenario for scenario in SCENARIOS if b"".join(scenario.parts)]
    assert len(written) == 2 * 3 + len(answers) + 2


def test_a_confirmed_page_is_found_under_the_moment_of_its_304(tmp_path: Path) -> None:
    write_nights(tmp_path)
    [new, again, confirmed] = Index(tmp_path).of_address(sample(1).url)
    assert again.mime == "warc/revisit"
    assert again.digest == new.digest
    assert again.file != new.file
    assert confirmed.owner not in (new.file, again.file)
    assert replace(confirmed, confirmed_by=None) == replace(new, timestamp="20260303123015")


def test_making_one_file_s_lines_again_leaves_those_of_the_others(tmp_path: Path) -> None:
    write_nights(tmp_path)
    before = lines(tmp_path)
    for path in tmp_path.glob("*.warc.gz"):
        Index(tmp_path).put_files({path.name}, entries_of(tmp_path, path))
        assert lines(tmp_path) == before
    assert Index(tmp_path).files() == {path.name for path in tmp_path.glob("*.warc.gz")}


def test_a_file_that_is_not_in_the_index_gets_into_it(tmp_path: Path) -> None:
    path, _ = write_file(tmp_path)
    before = lines(tmp_path)
    write_file(tmp_path)
    both = lines(tmp_path)
    Index(tmp_path).put_files({path.name}, [])
    assert len(lines(tmp_path)) == len(both) - len(before)
    recover(tmp_path)
    assert lines(tmp_path) == both


def test_adding_the_same_entries_again_changes_nothing(tmp_path: Path) -> None:
    path, _ = write_file(tmp_path)
    before = lines(tmp_path)
    Index(tmp_path).add(entries_of(tmp_path, path))
    assert lines(tmp_path) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.cdxj", path.name]


def test_files_that_others_compressed_are_indexed_by_their_members(tmp_path: Path) -> None:
    path, captures = write_file(tmp_path)
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    entries = list(entries_of(tmp_path, plain))
    assert [entry.url for entry in entries] == [read_line(one).url for one in lines(tmp_path)]
    content = plain.read_bytes()
    for entry, capture in zip(entries, captures, strict=True):
        record = content[entry.offset : entry.offset + entry.length]
        assert record.startswith(b"WARC/1.1\r\nWARC-Type: response")
        assert record.endswith(capture.response)


@pytest.mark.parametrize("line", [b"", b"\n", b"a 1 {}\n", b"a 1 []\n", b"a 1 {", b"a\xff 1 {}"])
def test_what_is_no_line_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's and ours are both of this kind
        read_line(line)


addresses = st.from_regex(r"http://[a-c]{1,2}\.cn/[a-d]{0,3}", fullmatch=True)


@settings(max_examples=50)
@given(kept=st.lists(addresses, max_size=30), asked=addresses)
def test_an_address_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, kept: list[str], asked: str
) -> None:
    directory = tmp_path_factory.mktemp("index")
    index = Index(directory)
    index.add(
        Entry(url, f"2026010100{number:04}", None, 200, "sha256:x", 1, number, "f.warc.gz")
        for number, url in enumerate(kept)
    )
    for url in [asked, *kept]:
        expected = [n for n, other in enumerate(kept) if surt_key(other) == surt_key(url)]
        assert [entry.offset for entry in index.of_address(url)] == expected


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.ac.cn", "cn,ac,example)/"),
        ("https://www2.a.cn:443/A/B/../c/./d//e/?B=2&a=1&a=0", "cn,a)/a/c/d/e?a=0&a=1&b=2"),
        ("http://user:secret@a.cn:8080/x#part", "cn,a:8080)/x"),
        ("http://a.cn/%E4%B8%AD%2520/x%zz", "cn,a)/%e4%b8%ad%20/x%25zz"),
        ("http://中国.cn/党/?q=中", "cn,xn--fiqs8s)/%e5%85%9a?q=%e4%b8%ad"),
        ("http://127.0.0.1:8080/a", "1,0,0,127:8080)/a"),
        ("http://0177.1/", "1,0,0,127)/"),
        ("http://a.cn/%2%%335%3441/%%32%35zz", "cn,a)/d1/%25zz"),
        ("http://a.cn/x?z=1&jsessionid=0123456789abcdef0123456789abcdef", "cn,a)/x?&z=1"),
        ("http://a.cn/(abcdefghijklmnopqrstuvwx)/a.aspx", "cn,a)/a.aspx"),
        ("http://a.cn/a?", "cn,a)/a"),
        ("http://a.cn/a?b=&b", "cn,a)/a?b&b="),
        ("urn:sha256:ABC", "urn:sha256:abc"),
    ],
)
def test_keys_are_those_of_replay_tools(url: str, key: str) -> None:
    assert surt_key(url) == key


def test_an_address_that_no_site_has_gets_its_key_in_time_with_its_length() -> None:
    digits = "9" * 5000
    assert surt_key(f"http://{digits}/") == f"{digits})/"
    began = time.process_time()
    assert surt_key(f"http://a.cn/%{'25' * 250_000}41") == "cn,a)/a"
    assert time.process_time() - began < 4


@settings(max_examples=300)
@given(
    st.from_regex(
        r"https?://(www[0-9]?\.)?([aA.-]{0,3}|[0-9.]{1,9})(:(0{0,2}80|443|8080?|))?"
        r"(/|/[aA0]\.html|/~_-|/\.|/\.\.|//|/\(s\)|/a\.\.b\.|\?b=2&a=1|%41|\xe9){0,5}",
        fullmatch=True,
    )
)
def test_a_plain_address_has_the_key_that_the_careful_way_gives_it(url: str) -> None:
    # A fragment is left out of the key, and no plain address has one.
    assert surt_key(url) == surt_key(f"{url}#part")


@given(st.text(max_size=60))
def test_whatever_the_address_its_key_is_one_word_of_one_line(text: str) -> None:
    key = surt_key("http://a.cn/" + text)
    assert key.isascii()
    assert key.split() == [key]
