"""Which of a site's captures are to be believed, before anything is made of them.

Pages in other hands, doorway pages and what stands in an article's place for a while are kept and
not believed; each is known by others, so that telling one may tell the next. It promises that what
is told is in the store before anything is made of it, that nothing is told twice, and that the
answer depends on the captures alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.cleaning.frame import FrameSurvey
from archive.model import PageKind
from archive.sitepass.doorways import Doorways, Judging, doorways
from archive.sitepass.hands import Hands, hands_now
from archive.sitepass.history import History
from archive.sitepass.pages import (
    Before,
    Given,
    Now,
    Work,
    history_so_far,
    read_before,
    read_given,
    standing_now,
    tell_kinds,
)
from archive.sitepass.stand_ins import Grounds, judged, walks_of
from archive.sitepass.standing import Standing, standing
from archive.sitepass.workers import Readers


@dataclass(frozen=True, slots=True)
class Believed:
    """The ``history`` of a site with all that was learnt of it: what its pages gave (``given``),
    their frames (``survey``), which are in other ``hands``, what its hosts are (``stand``), on what
    ``grounds`` captures were judged, which are ``doorways``, what stands there ``now`` and what did
    ``before``."""

    history: History
    given: Given
    survey: FrameSurvey
    hands: Hands
    stand: Standing
    grounds: Grounds
    doorways: Doorways
    now: Now
    before: Before

    @property
    def official(self) -> Collection[str]:
        """The site's hosts that are no mirrors."""
        return self.stand.site.official


def believed(work: Work, history: History, readers: Readers) -> Believed:
    """Judge the captures of a site until nothing more is told of any."""
    while True:
        found = _Round(work, history, readers).believed()
        if found is not None:
            return found
        history = _anew(work)


def _anew(work: Work) -> History:
    return history_so_far(work.archive, work.here.site, work.distrusted, work.pulse)


class _Round:
    """One reading of all captures, as far as their kinds are known."""

    def __init__(self, work: Work, history: History, readers: Readers) -> None:
        self._work, self._history, self._readers = work, history, readers

    def believed(self) -> Believed | None:
        """What is believed; None where kinds were told that others may depend on."""
        work, history = self._work, self._history
        given = read_given(work, history, self._readers)
        survey = _learnt(work, given)
        hands = hands_now(work, history, survey, self._readers)
        if self._are_told(hands.kinds):
            return None
        walks = walks_of(work.runs)
        undecided = {row.id for row in history.rows if row.kind is None and row.run in walks}
        # These stay unread in the store until they are judged: a pass that is killed in between
        # must not have believed them.
        if tell_kinds(work.archive, given, but=undecided):
            # What nobody had read may say that it is not there.
            history = _anew(work)
        trusted = [host for host in work.here.trusted if host not in hands.never]
        stand = standing(work.here.site, survey, trusted, work.pulse.beat)
        judging = [host for host in stand.site.official if host not in hands.hosts]
        grounds = Grounds(work.runs, walks, judging, work.here.relaunched, undecided)
        made = doorways(given.hosts, Judging(work.archive, history, grounds))
        if self._are_told(made.kinds):
            return None
        now = standing_now(work, given, history, stand.site)
        before = read_before(work, given, now, history.rows, stand.site, self._readers)
        if self._are_told(judged(history, now.parts, before, grounds)):
            return None
        if undecided and tell_kinds(work.archive, given):
            history = _anew(work)
        return Believed(history, given, survey, hands, stand, grounds, made, now, before)

    def _are_told(self, kinds: Mapping[int, PageKind | None]) -> bool:
        if kinds:
            self._work.archive.store.put_kinds(kinds)
        return bool(kinds)


def _learnt(work: Work, given: Given) -> FrameSurvey:
    """The frames of all hosts; what was learnt of each goes into the store."""
    survey = FrameSurvey(work.here.institute)
    for host in given.hosts:
        survey.merge(host.survey)
        work.archive.store.put_model(work.here.site.name, host.host, host.model.to_json())
    return survey
