"""Names of people in Chinese, by their surnames.

It promises that a run of characters counts as a person's name only where it begins with a surname
and is as long as names are; characters alone cannot tell more.
"""

from __future__ import annotations

import re

# The commonest surnames (some 98 % of all Chinese bear one of these), then double ones.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿"
    "鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
    "張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣葉蘇魏呂盧鍾譚陸範賈韋鄒龍陶賀顧龔邵萬錢嚴龐顏莊聶魯齊單塗駱藍蘭關歐溫喬閻"
)
_DOUBLE = "欧阳|上官|司马|司徒|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|东方|南宫|歐陽"
NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
"""The pattern of one name: a surname and one or two characters behind it."""
BEARER = re.compile(NAME)
BETWEEN_NAMES = re.compile(r"[\s\u3000、，,；;]+")
# How the names of places, papers, offices and remarks end that begin like a person's.
_NOBODY = re.compile(
    r"[州省市县縣区區镇鎮乡鄉村社报報网網台图圖文完略部处處室院所系会會科局办辦厅廳组組队隊委]$"
    r"|^(?:江[苏西蘇]|云南|安徽|宁夏|海南)$"
)
MAX_PEOPLE = 6
MIN_OFFICE_CHARS = 3
# How the names of an institute's departments end.
OFFICE = (
    r"[\u4e00-\u9fff（）()·]{1,14}(?:办公室|中心|学院|研究[所院室]|实验室|教研室|党支部|支部|党委|工会|团委|委员会|公司"
    r"|小组|中心组|[处部科室所院系办局厅站馆委])"
)
"""The pattern of a department's name."""
_OFFICE = re.compile(OFFICE)


def are_people(value: str) -> bool:
    """Whether ``value`` is nothing but names of people, each with a surname (张明、李立新)."""
    words = [word for word in BETWEEN_NAMES.split(value.strip()) if word]
    if not 0 < len(words) <= MAX_PEOPLE:
        return False
    return all(BEARER.fullmatch(word) and not _NOBODY.search(word) for word in words)


def is_office(value: str) -> bool:
    """Whether ``value`` is the name of a department (科技处, 宣传部), and no person's."""
    name = value.strip()
    return _OFFICE.fullmatch(name) is not None and not are_people(name)


def are_offices(value: str) -> bool:
    """Whether ``value`` is nothing but names of departments of three characters or more: pen names
    of two end as those do."""
    words = [word for word in BETWEEN_NAMES.split(value.strip()) if word]
    return bool(words) and all(len(w) >= MIN_OFFICE_CHARS and is_office(w) for w in words)


def office_and_people(value: str) -> tuple[str, str] | None:
    """The department and the people of a value that names both: 科技处 张明、李立新."""
    office, _, people = value.strip().replace("\u3000", " ").partition(" ")
    people = people.strip()
    return (office, people) if is_office(office) and are_people(people) else None
