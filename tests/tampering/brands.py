"""Brands, institutes and phrases that nobody has ever used, out of a random source."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import ascii_lowercase

PLACES = "青石松河白云临江东湖南岭北山西川长平安宁永兴海丰"
FIELDS = "光学机械材料化学力学声学地质海洋空间信息生物土壤能源工程"
GLYPHS = "凯博乐赢亚金沙龙虎鼎盛银河易发万达星辉宝利豪旺彩尊皇冠泰来宏泽川渝霆曜铭熠璟"
BRAND_TAILS = ("", "", "", "体育", "国际", "娱乐", "平台", "k8", "4", "88", "bet365", "app")
PHRASE_TAILS = ("登录入口", "官网下载", "注册送彩", "手机版", "最新网址", "开户", "技巧")
INSTITUTIONS = ("研究所", "研究院", "研究中心", "大学", "学院")
SHORT = {"研究所": "所", "研究院": "院", "研究中心": "中心", "大学": "大", "学院": "院"}
PHRASES = 6
NEUTRAL_TAIL = "科研实验室"


@dataclass(frozen=True, slots=True)
class Disguise:
    """What one mirror puts in: its ``brand``, the ``phrases`` it sows; ``names`` are the
    institute's names, longest first, ``today`` the day its pages claim to be of (ISO)."""

    brand: str
    names: tuple[str, ...]
    phrases: tuple[str, ...]
    today: str

    @property
    def second(self) -> str:
        """A brand for short names, other than the first."""
        return invented_brand(Random(f"second {self.brand}"))

    @property
    def neutral(self) -> str:
        """An institution's name that nobody bears."""
        rng = Random(f"neutral {self.brand}")
        return "".join(rng.sample(PLACES, 2) + rng.sample(FIELDS, 2)) + NEUTRAL_TAIL

    @property
    def domain(self) -> str:
        """A domain of the mirror's own."""
        rng = Random(f"domain {self.brand}")
        return f"{''.join(rng.choices(ascii_lowercase, k=6))}{rng.randrange(100)}.com"


def invented_institute(rng: Random) -> tuple[str, str]:
    """An institute's full and short name."""
    kind = rng.choice(INSTITUTIONS)
    place, field = rng.sample(PLACES, 2), rng.sample(FIELDS, 4)
    return f"{''.join(place + field)}{kind}", f"{place[0]}{field[0]}{field[2]}{SHORT[kind]}"


def invented_brand(rng: Random) -> str:
    """A brand of two to ten characters, now and then with letters or a digit at its end."""
    return "".join(rng.sample(GLYPHS, rng.randint(2, 4))) + rng.choice(BRAND_TAILS)


def invented_disguise(rng: Random, names: tuple[str, ...], today: str) -> Disguise:
    """A mirror's brand and phrases for an institute of these ``names``."""
    phrases = tuple(invented_brand(rng) + rng.choice(PHRASE_TAILS) for _ in range(PHRASES))
    return Disguise(invented_brand(rng), names, phrases, today)
