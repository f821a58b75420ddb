"""Pages that lead to the hosts of a stranger, and give its e-mail addresses, are a stranger's."""

from __future__ import annotations

from collections import Counter

import pytest

from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.leading import mailed_points
from archive.cleaning.unmasking.linked import HERE
from archive.cleaning.unmasking.look import Look
from archive.evidence.texts import in_chinese
from tests.unit.mirror_hosts import ENGLISH, MIRROR

PAGES = 5
PARTS = tuple(f"{part}.tfnews.com" for part in ("news", "tech", "sports", "house", "bbs"))


def look(linked: tuple[str, ...], mail: str) -> Look:
    survey = HostSurvey(pages=PAGES)
    survey.slots["linked"] = Counter(dict.fromkeys(linked, PAGES))
    survey.slots["mail_domains"] = Counter({mail: PAGES})
    survey.filled["mail_domains"] = PAGES
    return Look(MIRROR, survey)


def test_mail_to_the_stranger_whose_hosts_the_pages_lead_to_counts() -> None:
    [(line, points)] = mailed_points(look(PARTS, "mail.tfnews.com")).items()
    assert points == 1
    assert not ENGLISH.search(in_chinese(line))


@pytest.mark.parametrize(
    ("linked", "mail"),
    [(PARTS, "qq.com"), (PARTS, MIRROR), ((*PARTS, HERE), "tfnews.com"), (PARTS[:4], "tfnews.com")],
)
def test_mail_to_others_or_beside_pages_of_its_own_does_not(
    linked: tuple[str, ...], mail: str
) -> None:
    assert mailed_points(look(linked, mail)) == {}
