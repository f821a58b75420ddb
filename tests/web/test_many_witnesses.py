"""An article with hundreds of copies: each of them can be chosen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive.store import open_archive
from archive.web import Settings
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness
from tests.web.serving import serving

COPIES = 450
OFFERED = "//select[@id='mirror']/option/@value"


def test_every_copy_of_hundreds_can_be_chosen_page_by_page(tmp_path: Path) -> None:
    text, raw = extraction(), extraction("银河离退休党总支召开党员大会。")
    copies = [
        witness(text, f"http://m.com/{n}", "mirror", NOON + timedelta(days=n), raw)
        for n in range(COPIES)
    ]
    one = article("many", text, (witness(text, "http://www.a.cn/many"), *copies))
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [one])
        with serving(archive, Settings(rate=0)) as served:
            shown = served.get("/article/many/witnesses")
            assert "200 of 450" in shown.words("//p[@class='hint']")[0]
            offered = shown.page.xpath(OFFERED)
            while link := shown.page.xpath("//nav[@class='pages']/a[@rel='next']/@href"):
                shown = served.ask("GET", f"/article/many/witnesses{link[0]}")
                offered += shown.page.xpath(OFFERED)
            places = {str(n) for n, w in enumerate(archive.get("many").witnesses) if w.brand}
            assert len(offered) == COPIES
            assert set(offered) == places
            last = served.get("/article/many/witnesses", mirror=COPIES)
            assert last.page.xpath(f"{OFFERED[:-7]}[@selected]/@value") == [str(COPIES)]
            two = served.get("/article/many/witnesses", mirror=COPIES, beside=3)
            assert two.page.xpath("//select[@id='beside']/option[@selected]/@value") == ["3"]
            assert two.words("//th")[1:] == [
                "What the mirror showed",
                "What the other witness showed",
            ]
            assert two.words("//tbody/tr[3]/td[3]//ins") == ["银河"]
            assert "What the other witness showed" in two.words("//nav[@data-count]//li")[-1]
            for asked in ("", "x", "999999999", str(COPIES)):
                shown = served.get("/article/many/witnesses", mirror=COPIES, beside=asked)
                assert shown.words("//th")[2] == "What the official host showed"
