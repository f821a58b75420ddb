"""Sentences about WARC records and HTTP messages that cannot be read."""

from __future__ import annotations

RECORDS: dict[str, str] = {
    "{} cannot be read (one of {} such WARC files), so the articles stay as they are: mount its "
    "disk or put it back; if it is lost for good, put an empty file in its place": (
        "{0} 无法读取（这样的 WARC 文件共 {1} 个），故各篇文章保持原样：请挂载其磁盘或把文件放回；"
        "如已永久丢失，请在原处放一个空文件"
    ),
    "{}: a page that ends every process which reads it is left out until the program changes": (
        "{0}：每个读取此页的进程都会因之终止，故在程序更新之前略过此页"
    ),
    "a page that ends every process which reads it is left out until the program changes": (
        "每个读取此页的进程都会因之终止，故在程序更新之前略过此页"
    ),
    # WARC files.
    "{} at byte {}: {}": "{0} 第 {1} 字节处：{2}",
    "WARC-Date is {}": "WARC-Date 为 {0}",
    "Content-Length is {}": "Content-Length 为 {0}",
    "a revisit, and the record it goes back to is not there": "revisit 记录，而它所指的记录不存在",
    "not an HTTP exchange": "不是 HTTP 交换",
    "not a record: {}": "不是记录：{0}",
    "no WARC or ARC record in this file": "文件中没有 WARC 或 ARC 记录",
    "not a gzip member": "不是 gzip 成员",
    "the gzip member is cut short": "gzip 成员不完整",
    "broken gzip member: {}": "gzip 成员已损坏：{0}",
    "not a Zstandard frame": "不是 Zstandard 帧",
    "the Zstandard frame is cut short": "Zstandard 帧不完整",
    "broken Zstandard frame: {}": "Zstandard 帧已损坏：{0}",
    "a header line without end": "头部有一行没有结尾",
    "the block is not the one that was kept: its digest is not {}": (
        "内容块与所存的不同：摘要不是 {0}"
    ),
    "the payload is not the one that was kept: its digest is not {}": (
        "载荷与所存的不同：摘要不是 {0}"
    ),
    "a block of {} bytes, more than {} can be held": "内容块有 {0} 字节，超过可容纳的 {1} 字节",
    "a record header without end": "记录头部没有结尾",
    "another record begins within the header": "头部之中又开始了另一条记录",
    "Content-Length says {} bytes, there are more": "Content-Length 为 {0} 字节，实际更多",
    "Content-Length says {} bytes, there are {}": "Content-Length 为 {0} 字节，实际有 {1} 字节",
    "Content-Length says {} bytes, {} of them are missing": (
        "Content-Length 为 {0} 字节，缺少其中 {1} 字节"
    ),
    "a revisit of a profile that is not known: {}": "revisit 记录的类型不明：{0}",
    "{}: {} damaged bytes moved to {}": "{0}：{1} 个损坏的字节已移到 {2}",
    "{}: {} damaged bytes left as they are, too few for a record": (
        "{0}：{1} 个损坏的字节保持原样，不足以成为一条记录"
    ),
    "{}: left as it is, for it is a link to a file elsewhere": (
        "{0}：保持原样，因为它是指向别处文件的链接"
    ),
    "{}: removed, no whole record in its {} bytes": "{0}：已移除，其 {1} 字节中没有完整的记录",
    "{} torn bytes cut off at {}": "在 {1} 处截去 {0} 个残缺的字节",
    "left alone, its writer is running": "未动，正在写入的进程还在运行",
    "damage left in place at byte {}": "第 {0} 字节处的损坏留在原处",
    "a digest that does not agree at byte {}": "第 {0} 字节处的摘要不符",
    # HTTP messages.
    "no status line: {}": "没有状态行：{0}",
    "no request line: {}": "没有请求行：{0}",
    "more than {} bytes of HTTP head": "HTTP 头部超过 {0} 字节",
    "two Content-Length fields contradict each other": "两个 Content-Length 字段相互矛盾",
    "the message has no whole head yet": "消息头部尚不完整",
    "more than {} compressed streams in one content": "一份内容中有超过 {0} 段压缩流",
    "{} content codings, one on the other": "叠用了 {0} 重内容编码",
    "content grows past the limit of {} bytes": "内容解开后超过 {0} 字节的上限",
    "content coding {} is not supported": "不支持内容编码 {0}",
    "compressed content is cut short": "压缩内容不完整",
    "broken {} content: {}": "{0} 内容已损坏：{1}",
}
