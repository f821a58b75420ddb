"""Invented people. A few bear characters that GB 2312 does not know, as real staff lists do."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘"
    "葛范彭鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤滕罗毕郝安常乐于傅卞齐康伍余顾孟黄穆萧尹"
    "姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路江童郭梅盛林钟徐邱骆高夏蔡田"
    "樊胡凌霍万柯卢莫房丁邓洪石崔龚程陆段侯武刘龙叶白蒲邢翁"
)
GIVEN_FIRST = (
    "建国志文永海秀丽春晓光明德庆振玉淑桂凤宏伟立新少华云天启家景兆世承思雨子宇雪梦佳"
    "亦书一若怀锦维绍继培敬守长福荣树焕"
)
GIVEN_SECOND = (
    "华平军芳敏强英杰红霞林生涛燕峰琴辉梅斌娟勇兰刚玲波萍超婷亮静毅洁鹏莉勋楠凡博瑶宁"
    "航彤远清岚颖恒琳哲帆川"
)
OUTSIDE_GB2312 = ("喆", "堃", "镕", "祎", "赟", "䶮", "珺", "玥")
RARE_SHARE = 0.04


def name(rng: Random, *, rare: bool = False) -> str:
    """A full name of two or three characters; ``rare`` asks for one outside GB 2312."""
    surname = rng.choice(SURNAMES)
    if rare or rng.random() < RARE_SHARE:
        return surname + rng.choice(("", rng.choice(GIVEN_FIRST))) + rng.choice(OUTSIDE_GB2312)
    if rng.random() < 0.25:
        return surname + rng.choice(GIVEN_SECOND)
    return surname + rng.choice(GIVEN_FIRST) + rng.choice(GIVEN_SECOND)
