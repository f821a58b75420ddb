"""Folding character by character is folding the normalised text."""

from __future__ import annotations

import unicodedata

import regex
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.script import ZERO_WIDTH, as_simplified, fold, simplified, without_pinyin
from archive.cleaning.unmasking.pairing import KEPT_OF, RUN, runs_of

# Marks, letters that take them, Hangul in parts, halfwidth kana with their sound marks.
_MEETING = "é\u0301e\u0308\u1100\u1161\u11a8가ｶ\uff9e\u3099か\u0903क\u093cÅ"
TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(_MEETING + "學院ＡＢ，㈱ﬁß ")))


@given(TEXT)
def test_a_text_folds_as_its_normal_form_does(text: str) -> None:
    whole = unicodedata.normalize("NFKC", without_pinyin(text))
    shown = "".join(c for c in as_simplified(whole) if c not in ZERO_WIDTH)
    assert fold(text) == regex.sub(r"[\W_]+", "", shown.casefold())


@given(st.text(alphabet="研究所召开会议2010年aé\U00020000", max_size=60))
def test_the_runs_kept_are_those_that_begin_with_a_kept_character(folded: str) -> None:
    every = [folded[i : i + RUN] for i in range(len(folded) - RUN + 1)]
    kept = {run for run in every if ord(run[0]) % KEPT_OF == 0 and len(set(run)) > RUN // 2}
    assert runs_of(folded) == kept


def test_a_variant_that_only_converters_write_is_the_simplified_character() -> None:
    assert simplified("哄擡物價") == "哄抬物价"
    assert fold("擡") == fold("抬")
    assert simplified("覆盖、瞭望、狼藉") == "覆盖、瞭望、狼藉"
