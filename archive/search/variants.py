"""Characters that are printed in several forms, of which simplifying knows one: old and Japanese
ones.

It promises to change only what modern Chinese does not use beside the other form: a Japanese form
that is a character of its own in Chinese (芸, 浜, 予, 余, 弁) stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

_OLD = (
    "靑青 淸清 囘回 髙高 𠮷吉 竝并 幷并 倂并 厯历 硏研 緖绪 衞卫 秊年 邨村 栢柏 栁柳 畧略 "
    "畆亩 畊耕 葢盖 谿溪 疎疏 盌碗 鎻锁 鏁锁 鴈雁 鵞鹅 亾亡 冐冒 刧劫 叅参 呌叫 咊和 圅函 "
    "坿附 寃冤 寳宝 尅克 屛屏 帋纸 廹迫 弍二 弌一 弎三 彛彝 愼慎 慙惭 戞戛 拏拿 捄救 敍叙 "
    "旾春 昬昏 昻昂 曡叠 朶朵 枏楠 枩松 桒桑 楳梅 槪概 欵款 渇渴 漑溉 澁涩 澂澄 濶阔 灋法 "
    "灮光 熈熙 煕熙 牋笺 犂犁 犇奔 珎珍 珤宝 甎砖 甞尝 畱留 疉叠 皐皋 眎视 矦侯 磵涧 秔粳 "
    "稺稚 穐秋 窓窗 筭算 簷檐 緜绵 緫总 縂总 罇樽 羗羌 翆翠 翶翱 耡锄 聨联 聫联 脃脆 臈腊 "
    "舩船 芲花 菓果 蔴麻 蘂蕊 虵蛇 蠏蟹 衂衄 裠裙 襍杂 覔觅 觧解 讐仇 貍狸 趂趁 躭耽 躰体 "
    "軆体 輭软 辠罪 辤辞 逈迥 酧酬 鍳鉴 鐡铁 隂阴 霛灵 鞌鞍 顋腮 顚颠 飜翻 餙饰 騐验 鬂鬓 "
    "鬪斗 麤粗 鼔鼓 嵜崎 﨑崎 濵滨 邉边 嶋岛 嶌岛 栄荣 閠闰 頥颐"
)
_JAPANESE = (
    "乗乘 亜亚 仏佛 仮假 伝传 価价 倹俭 児儿 両两 剰剩 剣剑 剤剂 労劳 勲勋 勧劝 巻卷 呉吴 "
    "呪咒 唖哑 単单 噛啮 厳严 圏圈 囲围 円圆 図图 団团 増增 圧压 塁垒 壊坏 壌壤 壱壹 奨奖 "
    "粧妆 嬢娘 実实 寛宽 専专 対对 巌岩 巣巢 帯带 廃废 広广 庁厅 弾弹 従从 徴征 徳德 恵惠 "
    "悪恶 悩恼 応应 懐怀 戦战 戯戏 戸户 戻戾 払拂 抜拔 拝拜 挿插 掲揭 掻搔 揺摇 捜搜 択择 "
    "撃击 拠据 拡扩 摂摄 撹搅 収收 効效 勅敕 晩晚 曁暨 暦历 暁晓 曽曾 桟栈 楡榆 楽乐 様样 "
    "検检 桜樱 権权 歓欢 歩步 歳岁 歴历 帰归 毎每 気气 汚污 渉涉 涙泪 浄净 溌泼 渓溪 満满 "
    "渋涩 沢泽 済济 滝泷 瀬濑 焔焰 焼烧 営营 犠牺 猟猎 獣兽 畳叠 痩瘦 発发 砕碎 稲稻 穂穗 "
    "穏稳 穣穰 竃灶 粋粹 経经 縁缘 県县 縦纵 総总 繋系 繍绣 縄绳 絵绘 継继 続续 繊纤 聡聪 "
    "聴听 粛肃 脳脑 臓脏 挙举 舎舍 茘荔 荘庄 薫薰 蔵藏 薬药 処处 蛍萤 蝋蜡 覚觉 覧览 観观 "
    "訳译 読读 変变 譲让 豊丰 弐贰 売卖 頼赖 賛赞 軽轻 輌辆 転转 逓递 遅迟 辺边 郷乡 酔醉 "
    "醗酦 醤酱 醸酿 釈释 舗铺 銭钱 錬炼 鉄铁 鋳铸 関关 陥陷 険险 隠隐 雑杂 鶏鸡 覇霸 霊灵 "
    "顕显 騒骚 駆驱 験验 駅驿 髄髓 髪发 闘斗 鼈鳖 鴎鸥 鹸碱 塩盐 麺面 麹曲 黒黑 黙默 斉齐 "
    "斎斋 歯齿 齢龄 竜龙 亀龟"
)

VARIANTS: Mapping[str, str] = {pair[0]: pair[1] for pair in f"{_OLD} {_JAPANESE}".split()}
"""Each form and the simplified character that it is."""
