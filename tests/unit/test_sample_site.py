"""The sample institute keeps its own promises: what other tests measure against it is true."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from tests.site import SampleInstitute, TruthArticle, truth
from tests.site.institute import FULL_NAME, Generation
from tests.site.mirrors import MIRRORS, own_path
from tests.site.plan import HONEST_WORDS
from tests.site.tamper_script import simplified, traditional

FRAME, NAME, TRADITIONAL, DOORWAY = range(4)
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
LIVE = [article for article in truth() if article.live]


@pytest.fixture(scope="module")
def sample() -> Iterator[SampleInstitute]:
    with SampleInstitute.serve() as served:
        yield served


def fetch(start: str, target: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and transfer-decoded body of one request."""
    connection = http.client.HTTPConnection(urlsplit(start).netloc, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers=named)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def page(start: str, target: str) -> str:
    """A page's HTML, decoded as its own meta says."""
    body = fetch(start, target)[2]
    return body.decode("gb18030" if b"charset=gb2312" in body[:400] else "utf-8")


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def visible(markup: str) -> str:
    """The text of a page without its scripts, styles and white space."""
    tree = html.fromstring(markup)
    etree.strip_elements(tree, "script", "style", with_tail=False)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return squeezed("".join(str(part) for part in tree.itertext()))


def of_generation(generation: Generation) -> list[TruthArticle]:
    return [article for article in LIVE if article.key.startswith(generation)]


def test_a_fifth_of_at_least_150_articles_is_on_mirrors_only() -> None:
    articles = truth()
    lost = [article for article in articles if not article.live]
    assert len(articles) >= 150
    assert 0.18 <= len(lost) / len(articles) <= 0.25
    assert all(article.mirrors for article in lost)
    assert {len(article.mirrors) for article in lost} >= {1, 2}
    for mirror in range(4):
        assert any(article.mirrors == (mirror,) for article in lost)


def test_there_are_ten_branches_over_three_generations() -> None:
    assert len({article.branch for article in LIVE}) == 10
    for generation in Generation:
        assert len({article.branch for article in of_generation(generation)}) >= 3


def test_keys_titles_and_addresses_are_never_shared() -> None:
    for night in (1, 2):
        articles = truth(night)
        for value in ("key", "title", "path"):
            assert len({getattr(article, value) for article in articles}) == len(articles)


def test_texts_are_varied_and_only_yearly_notices_are_alike() -> None:
    articles = truth()
    grams = [{a.text[at : at + 4] for at in range(len(a.text) - 3)} for a in articles]
    alike = [
        (articles[x], articles[y])
        for x in range(len(articles))
        for y in range(x)
        if articles[x].branch == articles[y].branch
        and len(grams[x] & grams[y]) > 0.35 * len(grams[x] | grams[y])
    ]
    assert len(alike) == 3
    assert all("yearly" in a.features and "yearly" in b.features for a, b in alike)
    lengths = sorted(len(article.text) for article in articles)
    assert lengths[0] > 200
    assert lengths[-1] > 2000


def test_honest_words_that_mirrors_also_use_stand_in_articles() -> None:
    texts = "".join(article.text for article in LIVE)
    assert [word for word in HONEST_WORDS if word not in texts] == []


@pytest.mark.parametrize(
    "feature",
    ["word-export", "pages", "script-pages", "table", "list", "image", "attachment", "signature",
     "short-paragraph", "outside-gb2312", "undated", "full-name"],
)  # fmt: skip
def test_every_feature_is_on_some_live_article(feature: str) -> None:
    assert any(feature in article.features for article in LIVE)


def test_the_truth_text_stands_whole_in_the_pages(sample: SampleInstitute) -> None:
    for article in LIVE:
        shown = "".join(visible(page(sample.official, path)) for path in article.pages)
        missing = [line for line in article.text.splitlines() if squeezed(line) not in shown]
        assert missing == [], article.path
        assert squeezed(article.title) in shown


def test_the_truth_of_an_article_of_one_page_stands_there_in_one_piece(
    sample: SampleInstitute,
) -> None:
    for article in LIVE:
        if len(article.pages) == 1:
            assert squeezed(article.text) in visible(page(sample.official, article.path))


def test_label_lines_hold_the_true_hits_and_dates(sample: SampleInstitute) -> None:
    for article in of_generation(Generation.TRS)[::5]:
        shown = visible(page(sample.official, article.path))
        assert re.search(rf"(?:点击率?|浏览次数)[：:]{article.hits}(?!\d)", shown)
        assert article.published is not None
    for article in of_generation(Generation.MODERN)[::5]:
        assert article.hits is None
        assert f'name="PubDate" content="{article.published}' in page(sample.official, article.path)


def test_asp_pages_are_gb18030_beyond_gb2312_without_charset_header(
    sample: SampleInstitute,
) -> None:
    beyond = 0
    for article in of_generation(Generation.ASP):
        _, headers, body = fetch(sample.official, article.path)
        assert headers["Content-Type"] == "text/html"
        assert b"charset=gb2312" in body
        try:
            body.decode("gb2312")
        except UnicodeDecodeError:
            beyond += 1
        assert squeezed(article.title) in visible(body.decode("gb18030"))
    assert beyond >= 10
    four_bytes = [a for a in of_generation(Generation.ASP) if "䶮" in f"{a.text}{a.editor}"]
    assert four_bytes


def test_trs_list_paging_is_a_script_call_only(sample: SampleInstitute) -> None:
    first = page(sample.official, "/xwzx/kydt/")
    call = re.search(r'createPageHTML\((\d+), 0, "index", "html"\)', first)
    assert call is not None
    assert int(call[1]) >= 3
    assert "index_1.html" not in first
    for number in range(1, int(call[1])):
        assert fetch(sample.official, f"/xwzx/kydt/index_{number}.html")[0] == 200
    assert fetch(sample.official, f"/xwzx/kydt/index_{call[1]}.html")[0] == 404


def test_asp_lists_cut_titles_and_lead_to_the_next_page(sample: SampleInstitute) -> None:
    first = page(sample.official, "/old/NewsList.asp?ClassID=3")
    assert "…</A>" in first
    assert '<A HREF="NewsList.asp?ClassID=3&page=2">下一页</A>' in first


def test_a_print_view_says_the_same_and_is_linked(sample: SampleInstitute) -> None:
    article = next(a for a in of_generation(Generation.ASP) if len(a.pages) == 1)
    print_view = article.path.replace("ReadNews", "Print")
    assert print_view.rpartition("/")[2] in page(sample.official, article.path)
    assert squeezed(article.text) in visible(page(sample.official, print_view))


def test_lost_articles_answer_404_and_no_list_of_the_institute_links_them(
    sample: SampleInstitute,
) -> None:
    for article in sample.articles:
        if not article.live:
            assert fetch(sample.official, article.path)[0] == 404
    lists = "".join(page(sample.official, p) for p in ("/xwzx/zhxw/", "/new/rczp/", "/"))
    assert not any(
        article.path.rpartition("/")[2] in lists for article in sample.articles if not article.live
    )


def test_unchanged_pages_answer_304_to_their_own_validators(sample: SampleInstitute) -> None:
    article = of_generation(Generation.TRS)[0]
    _, headers, body = fetch(sample.official, article.path)
    assert body
    status, again, empty = fetch(sample.official, article.path, If_None_Match=headers["ETag"])
    assert (status, empty, again["ETag"]) == (304, b"", headers["ETag"])
    stamp = headers["Last-Modified"]
    assert fetch(sample.official, article.path, If_Modified_Since=stamp)[0] == 304
    assert fetch(sample.official, article.path, If_None_Match='"other"')[0] == 200
    asp = of_generation(Generation.ASP)[0]
    assert fetch(sample.official, asp.path)[1]["ETag"] is None


def test_answers_are_a_mix_of_gzip_chunks_and_lengths(sample: SampleInstitute) -> None:
    kinds = Counter(
        (headers["Content-Encoding"], headers["Transfer-Encoding"])
        for article in LIVE[::4]
        for _, headers, _ in [fetch(sample.official, article.path, Accept_Encoding="gzip")]
    )
    assert set(kinds) == {(None, None), ("gzip", None), (None, "chunked"), ("gzip", "chunked")}


def test_images_and_attachments_are_real_files(sample: SampleInstitute) -> None:
    magic = {"png": b"\x89PNG\r\n", "pdf": b"%PDF-1.4", "doc": b"{\\rtf1", "xls": b"\x09\x00\x04"}
    seen = set()
    for article in LIVE:
        for path in (*article.images, *(path for path, _ in article.attachments)):
            status, _, body = fetch(sample.official, path)
            kind = path.rpartition(".")[2]
            assert status == 200
            assert body.startswith(magic[kind])
            seen.add(kind)
    assert seen == set(magic)


def test_traps_redirects_and_the_soft_404_are_there(sample: SampleInstitute) -> None:
    assert b"Disallow: /neibu/" in fetch(sample.official, "/robots.txt")[2]
    assert "/new/calendar?month=2024-01" in page(sample.official, "/new/calendar?month=2023-12")
    assert "/new/calendar?month=2400-01" in page(sample.official, "/new/calendar?month=2399-12")
    home = page(sample.official, "/")
    assert "neibu/" in home
    assert sample.stranger in home
    moved = re.search(r'href="\.(/xwzx/shownews\.asp\?id=\d+)"', home)
    assert moved is not None
    status, headers, _ = fetch(sample.official, moved[1])
    assert status == 301
    assert headers["Location"] in {article.path for article in LIVE}
    status, _, body = fetch(sample.official, "/xwzx/zt/2008zt.html")
    assert status == 200
    assert "不存在" in body.decode()
    assert fetch(sample.official, "/no/such.html")[0] == 404


def test_every_request_is_noted_with_its_host(sample: SampleInstitute) -> None:
    fetch(sample.official, "/gkjj/?noted", X_Test="1")
    authority = urlsplit(sample.official).netloc
    place = sample.requests.index((authority, "/gkjj/?noted"))
    assert sample.request_headers[place]["x-test"] == "1"
    assert "/gkjj/?noted" in sample.asked(sample.official)


def mirrored(sample: SampleInstitute, mirror: int, article: TruthArticle) -> str:
    """The first page of an article as a mirror gives it."""
    path = own_path(article.path) if MIRRORS[mirror].own_paths else article.path
    return page(sample.mirrors[mirror], path)


def carried(mirror: int) -> list[TruthArticle]:
    return [a for a in truth() if mirror in a.mirrors and len(a.pages) == 1][::4]


def test_mirrors_carry_what_the_truth_says_and_nothing_else(sample: SampleInstitute) -> None:
    for mirror in range(4):
        for article in sample.articles[::3]:
            path = own_path(article.path) if mirror == DOORWAY else article.path
            expected = 200 if mirror in article.mirrors else 404
            assert fetch(sample.mirrors[mirror], path)[0] == expected


def test_the_official_host_shows_no_brand(sample: SampleInstitute) -> None:
    for article in LIVE[::6]:
        assert not any(brand in page(sample.official, article.path) for brand in sample.brands)
    assert len(set(sample.brands)) == 4


def test_the_frame_mirror_leaves_every_body_alone(sample: SampleInstitute) -> None:
    brand = sample.brands[FRAME]
    for article in carried(FRAME):
        markup = mirrored(sample, FRAME, article)
        assert f"-{brand}</title>" in markup.lower()
        assert squeezed(article.text) in visible(markup)
        assert f">{brand}</a>" in markup.lower()
        assert brand not in article.text
        assert re.search(rf"(?:版权所有|Copyright)[^<]*{brand}", markup)


def test_the_name_mirror_can_be_undone_by_the_official_name(sample: SampleInstitute) -> None:
    brand = sample.brands[NAME]
    for article in carried(NAME):
        shown = visible(mirrored(sample, NAME, article))
        assert FULL_NAME not in shown
        assert squeezed(article.text) in shown.replace(brand, FULL_NAME)


def test_the_traditional_mirror_can_be_undone(sample: SampleInstitute) -> None:
    brand = sample.brands[TRADITIONAL]
    for article in carried(TRADITIONAL):
        assert simplified(traditional(article.text)) == article.text
        markup = mirrored(sample, TRADITIONAL, article)
        shown = visible(markup)
        assert brand in shown
        assert len(PINYIN.findall(shown)) >= 3
        assert squeezed(article.text) in simplified(PINYIN.sub("", shown))


def test_the_doorway_mirror_has_every_mark_and_the_whole_text(sample: SampleInstitute) -> None:
    for article in carried(DOORWAY):
        markup = mirrored(sample, DOORWAY, article)
        assert re.search(r"<title>(?:&#\d+;)+</title>", markup, re.IGNORECASE)
        assert "display:none" in markup
        assert "<script" not in markup.lower()
        assert markup.count(".example/") >= 40
        without = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u200d\ufe0f]", "", visible(markup))
        assert without != visible(markup)
        assert squeezed(article.text) in without


def test_the_doorway_links_its_own_paths_only(sample: SampleInstitute) -> None:
    markup = page(sample.mirrors[DOORWAY], "/")
    own = re.findall(r'href="(/html/[0-9a-f]{6}/[0-9a-f]{32}\.html)"', markup)
    assert len(own) > 20
    assert all(fetch(sample.mirrors[DOORWAY], path)[0] == 200 for path in own[:10])


def test_the_second_night_edits_removes_and_adds() -> None:
    first = {article.key: article for article in truth(1)}
    second = {article.key: article for article in truth(2)}
    edited = [key for key in first if first[key].text != second[key].text]
    assert len(edited) >= 8
    assert all("edited" in second[key].features for key in edited)
    gone = [key for key in first if first[key].live and not second[key].live]
    assert len(gone) >= 5
    assert {second[key].status for key in gone} == {"gone"}
    assert len(second.keys() - first.keys()) >= 5
    grown = [key for key in first if (second[key].hits or 0) > (first[key].hits or 0)]
    assert len(grown) > 40
    assert all((second[key].hits or 0) >= (first[key].hits or 0) for key in first)


def test_the_second_night_is_served_so() -> None:
    before = {article.key: article for article in truth(1)}
    with SampleInstitute.serve(night=2) as sample:
        for article in sample.articles:
            status, _, _ = fetch(sample.official, article.path)
            if article.status == "gone":
                assert status in (404, 410)
            else:
                assert (status == 200) is article.live
            if "edited" in article.features and len(article.pages) == 1:
                shown = visible(page(sample.official, article.path))
                assert squeezed(article.text) in shown
                assert squeezed(before[article.key].text) not in shown


def test_the_truth_is_the_same_in_another_process() -> None:
    command = [sys.executable, "-m", "tests.site", "truth"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert told == "".join(f"{article.to_json()}\n" for article in truth())


def test_a_taken_port_is_one_clear_error(sample: SampleInstitute) -> None:
    port = urlsplit(sample.official).port
    assert port is not None
    command = [sys.executable, "-m", "tests.site", "serve", "--port", str(port)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"cannot serve on port {port}" in done.stderr


def test_serve_prints_five_addresses_and_stops_on_sigterm() -> None:
    command = [sys.executable, "-m", "tests.site", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().split() for _ in range(5)]
        process.terminate()
        assert process.wait(timeout=10) == 0
    assert [line[0] for line in lines] == ["official", *["mirror"] * 4]
