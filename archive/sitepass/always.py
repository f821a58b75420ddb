"""What has stood on an institute's own pages since they were first captured, and looks like a
break-in.

An alarm is raised for what has come (``archive.sitepass.alarms``). Of a host that had been broken
into before, nothing has come; whoever looks after it should be told all the same. It promises a
note, no alarm: a house that hides its advertisers, or sends readers of telephones on, is no victim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmasking.scripted import SENDS_ON
from archive.cleaning.unmasking.signs import HIDDEN_LINKS, SAME_WORDS
from archive.cleaning.unmasking.sown import SOWN_PAGES

_SIGNS = ((SAME_WORDS, HIDDEN_LINKS), (SENDS_ON, SENDS_ON))
"""What is noted, and the alarm that says the same on the night on which it comes."""


def always(survey: FrameSurvey, hosts: Iterable[str], alarms: Iterable[str]) -> Iterator[str]:
    """Notes on ``hosts`` in ``survey``, where none of ``alarms`` says as much."""
    for host in hosts:
        for sign, alarm in _SIGNS:
            count = survey.bearing(host, sign)
            is_told = any(line.startswith(f"{host}: {alarm}") for line in alarms)
            if count >= SOWN_PAGES and not is_told:
                yield f"{host}: {sign} stands on {count} pages"
