"""What the rules are called by which a text was changed, or lines were left out of it: data."""

from __future__ import annotations

_REPAIRS = {
    "traditional": ("traditional characters read as simplified", "繁体还原为简体"),
    "pinyin": ("pinyin in brackets taken out", "删去括注拼音"),
    "emoji": ("emoji before stops taken out", "删去标点前的表情"),
    "name-restored": ("name restored in a brand's place", "品牌处还原机构名"),
    "name-lost": ("place of a lost name marked", "机构名已失，标出其位置"),
    "title-lost": ("keywords in the title's place taken out", "删去冒充标题的关键词"),
    "title-from-links": ("title taken from the links to the page", "标题取自指向此页的链接"),
    "title-from-page": ("title taken from another place of the page", "标题取自本页别处"),
    "words-from-past": ("words that the same article had before", "取同一文章从前的文字"),
    "title-from-past": ("title that the same text had before", "取同一正文从前的标题"),
    "title-from-witness": ("title taken from another witness", "标题取自另一见证"),
    "frame-brand": ("brand in the page's frame taken out", "删去页面框架中的品牌"),
    "sown-phrase": ("phrase sown into words taken out", "删去插入词中的短语"),
    "keyword-line": ("line of keywords taken out", "删去关键词行"),
    "collated": ("read as most witnesses have it", "从多数见证的读法"),
    "date-rewritten": ("rewritten date not believed", "不采信被改写的日期"),
}
_REMOVALS = {
    "address-line": ("line of addresses left out", "略去地址行"),
    "announcement": ("announcement left out", "略去预告行"),
    "attachments": ("list of attachments, kept apart", "附件列表另存"),
    "box": ("box beside the text left out", "略去文旁的栏框"),
    "breadcrumb": ("place in the site left out", "略去当前位置行"),
    "control": ("form or frame left out", "略去表单或框架"),
    "contents": ("table of contents left out", "略去目录"),
    "counter": ("counter of visits left out", "略去访问计数"),
    "footer": ("foot of the page left out", "略去页脚"),
    "frame-title": ("site's name left out", "略去网站名"),
    "frame-line": ("line of the page's frame left out", "略去页面框架中的行"),
    "header-line": ("head of the page left out", "略去页头行"),
    "hidden": ("hidden on the page", "页面上隐藏"),
    "label-line": ("labels read as values", "标注行读作信息"),
    "labels": ("labels read as values", "标注行读作信息"),
    "link-list": ("list of links left out", "略去链接列表"),
    "mirror-footer": ("foot of the mirror left out", "略去镜像的页脚"),
    "mirror-frame-line": ("line of the mirror's frame left out", "略去镜像框架中的行"),
    "mirror-keyword-line": ("line of keywords left out", "略去关键词行"),
    "neighbours": ("links to the neighbouring pages left out", "略去上一页、下一页"),
    "outside-body": ("outside of the body", "正文之外"),
    "repeated-page": ("said on an earlier page of the article", "前面的页已有同样文字"),
    "related": ("links to related pages left out", "略去相关链接"),
    "rule-line": ("line without letters left out", "略去没有文字的行"),
    "shared": ("line that the site's pages share left out", "略去各页共有的行"),
    "title-again": ("title repeated", "重复的标题"),
    "title-repeated": ("title repeated", "重复的标题"),
    "tools": ("page tools left out", "略去页面工具"),
}

RULE_TEXTS: dict[str, tuple[str, str]] = {
    f"rule.{name}": texts for name, texts in (_REPAIRS | _REMOVALS).items()
}
