"""Alarms and notes of runs, in Chinese: data for ``archive.evidence.texts``."""

from __future__ import annotations

NOTES: tuple[tuple[str, str], ...] = (
    (
        r"\b(\d+) addresses that gave pages lead to (\S+) now",
        r"曾有网页的 \1 个网址现在都转到 \2",
    ),
    (r"\bwhat they said before stays as it was", "原先的内容保持不变"),
    (
        r"^records passed over, for they hold no page of the web: ",
        "跳过的记录（不是网页）：",
    ),
    (
        r"^(.+) holds no answers of a server, so that nothing of it was taken in$",
        r"\1 中没有服务器的应答，未收入任何内容",
    ),
    (r"^records there: ", "其中的记录："),
    (
        r"^take in the WARC files that it was made of, or that lie beside it$",
        "请收入它由之生成的或与之并列的 WARC 文件",
    ),
    (
        r"^further files that hold no answers of a server: (\d+)$",
        r"另有 \1 个文件中没有服务器的应答",
    ),
    (
        r"^ALARM, the institute's own host may be broken into: ",
        "警报，研究所自己的主机可能已被入侵：",
    ),
    (
        r"\bput into the texts of several pages since they were last kept: ",
        "自上次归档以来被加进多个页面正文的文字：",
    ),
    (
        r"\bhidden links on (\d+) pages that had none$",
        r"有 \1 页出现了原先没有的隐藏链接",
    ),
    (
        r"\bhead written in references on (\d+) pages that had none$",
        r"有 \1 页的标题出现了原先没有的字符引用写法",
    ),
    (
        r"\blinks to others in a menu that is closed on (\d+) pages that had none$",
        r"有 \1 页出现了原先没有的、收起菜单中的站外链接",
    ),
    (
        r"\blinks in odd words to others on (\d+) pages that had none$",
        r"有 \1 页出现了原先没有的、字词怪异的站外链接",
    ),
    (
        r"\b(hidden links to many strangers under few words) stands on (\d+) pages$",
        r"\2 页上有\1",
    ),
    (
        r"\ba script that sends readers on by where they come from stands on (\d+) pages$",
        r"\1 页上有按来路把读者引往别处的脚本",
    ),
    (r"\bnew links on several pages to ", "多个页面上新出现的站外链接，指向 "),
    (
        r"\ba script that sends readers on by where they come from on (\d+) pages that had none$",
        r"有 \1 页出现了原先没有的、按来路把读者引往别处的脚本",
    ),
    (
        r"\bscripts of (\S+) on (\d+) pages that had none$",
        r"有 \2 页出现了原先没有的、来自 \1 的脚本",
    ),
    (
        r"\bput into the texts of (\d+) articles since (\S+), and taken out of them: ",
        r"自 \2 起被插入 \1 篇文章的正文、现已去除的文字：",
    ),
    (
        r"\bcame into several articles of the host at once, which said the same without it before",
        "同时出现在该主机的多篇文章中，而这些文章从前并无此语",
    ),
    (
        r"\bput into the midst of words in (\d+) articles, and undone: ",
        r"被插入 \1 篇文章的词语中间、现已去除的文字：",
    ),
    (
        r"\bput into the midst of words in (\d+) articles, and read as it stands: ",
        r"被插入 \1 篇文章的词语中间、仍照原样读取的文字：",
    ),
    (
        r"\bput in the place of the institute's name in (\d+) articles, and undone: ",
        r"在 \1 篇文章中顶替研究所名称、现已换回的文字：",
    ),
    (
        r"\bput in the place of the institute's name in (\d+) articles, and read as it stands: ",
        r"在 \1 篇文章中顶替研究所名称、仍照原样读取的文字：",
    ),
    (r"\bemoji on (\d+) pages that had none$", r"有 \1 页出现了原先没有的表情符号"),
    (r"\breadings in brackets on (\d+) pages that had none$", r"有 \1 页出现了原先没有的括注读音"),
    (r"\btraditional characters on (\d+) pages that had none$", r"有 \1 页出现了原先没有的繁体字"),
    (
        r"\ba strange word for an institution's name in the window title on (\d+) "
        r"pages that had none$",
        r"有 \1 页的窗口标题中出现了顶替机构名称的怪异字词",
    ),
    (
        r"\bthe same article said it before, without what nobody who edits a text puts there",
        "同一篇文章从前如此，并没有编辑文章的人不会加入的内容",
    ),
    (
        r"\bnew in the texts of several pages, as notices of the institute are: ",
        "多个页面正文中新出现的文字（如同研究所自己的通告）：",
    ),
    (
        r"(?<!\d)(\d+) addresses of articles give other texts since (\S+), "
        r"which are kept and not believed$",
        r"自 \2 起，有 \1 个文章网址给出其他内容；这些内容已保存，但未予采信",
    ),
    (
        r"^(\d+) addresses of different articles give one and the same text since (\S+), "
        r"which is believed once it has stood there for three nights$",
        r"自 \2 起，有 \1 个不同文章的网址给出同一段文字；连续三夜如此之后才予采信",
    ),
    (r"^look at (http\S+)$", r"请看 \1"),
    (
        r"^if the institute has made its site anew, "
        r"write (relaunched = \S+) into the site's profile$",
        r"如果研究所确已重建网站，请在该网站的配置中写入 \1",
    ),
    (r"^mirror (\S+): (.+) in the institute's place$", r"镜像 \1：以“\2”冒充研究所"),
    (r"\ban institute that nothing names: ", "不知名研究所: "),
    (r"^(\S+) is a mirror of (.+?): ", r"\1 是 \2 的镜像："),
    (
        r"\bsomebody else's pages since (\S+), which are kept and not believed: ",
        r"自 \1 起的页面属于他人；这些内容已保存，但未予采信：",
    ),
    (
        r"\b(\d+) pages made for search engines since (\S+), "
        r"which are kept and not believed(?=;|$)",
        r"自 \2 起有 \1 个为搜索引擎制作的页面；这些内容已保存，但未予采信",
    ),
    (
        r"\bput to (\d+) titles of articles, and taken off: ",
        r"加到 \1 篇文章的标题上，已去掉：",
    ),
    (
        r"\bput in the place of what (\d+) articles said before (\S+), and exchanged back: ",
        r"自 \2 起，\1 篇文章原有的文字被换成下列文字，现已换回：",
    ),
    (r"^the same articles said it before$", "同一文章从前如此写"),
    (r"^exchanged in several of the host at once$", "该主机的多篇文章同时被换"),
    (r"\breadings in brackets$", "括号中的读音"),
    (
        r"\bother titles over the same texts of (\d+) articles, which are not believed(?=;|$)",
        r"\1 篇文章正文未变而标题另换，未予采信",
    ),
    (r"^the title of the same text before$", "同一正文从前的标题"),
    (r"^several titles of the host were changed$", "该主机有多个标题被改"),
    (
        r"\b(\d+) new pages are made as for search engines(?=;|$)",
        r"有 \1 个新页面像是为搜索引擎制作的",
    ),
    (
        r"^(.+?) stood in the frame before, and nowhere now$",
        r"框架中从前有\1，如今已无处可见",
    ),
    (
        r"^if the institute has made them, write (relaunched = \[[^\]]+\]) "
        r"into the site's profile$",
        r"如果确为研究所所作，请在该网站的配置中写入 \1",
    ),
    (
        r": taken for a mirror, though the crawl began there: its pages bear another's marks$",
        "：采集虽由此开始，仍被认作镜像：其页面带有他人的标记",
    ),
    (
        r"^if they are the institute's own, write (own_hosts = \S+) into the site's profile$",
        r"如果确为研究所自己的页面，请在该网站的配置中写入 \1",
    ),
    (
        r"^articles that stand only on mirrors with a brand in the place of a name that nothing in "
        r"the archive tells: (\d+)$",
        r"有 \1 篇文章只存于以品牌取代名称的镜像，归档中无从得知原名",
    ),
    (
        r"^write (institute = \[).*(\]) into the site's profile$",
        r'请在该网站的配置中写入 \1"全称", "简称"\2',
    ),
    (r"^or crawl (.+?), which their pages name$", r"或者采集其页面所称的 \1"),
    (
        r"\brobots\.txt asks for (\S+) s between requests, (\S+) s are kept",
        r"robots.txt 要求间隔 \1 秒，实际间隔 \2 秒",
    ),
    (r"\brobots\.txt leads off site", "robots.txt 指向站外"),
)
