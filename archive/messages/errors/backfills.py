"""Sentences about what a backfill cannot take in, and of the services it asks."""

from __future__ import annotations

BACKFILLS: dict[str, str] = {
    "--scheduler needs the extra `cluster`: pip install 'palimpsest-archive[cluster]'": (
        "--scheduler 需要附加组件 `cluster`：pip install 'palimpsest-archive[cluster]'"
    ),
    "no Dask scheduler answers at {}: {}": "{0} 处没有 Dask 调度器应答：{1}",
    "the scheduler at {} went away: {}; the files that were read are kept: start it and run the "
    "same command again, or run it without --scheduler": (
        "{0} 处的调度器中途离开：{1}；已读的文件均已保存：请启动它后再次运行同一命令，"
        "或不用 --scheduler 运行"
    ),
    "{} is not the address of a Dask scheduler; write tcp://host:port": (
        "{0} 不是 Dask 调度器的地址；请写作 tcp://主机:端口"
    ),
    "the scheduler at {} has had no worker for {} s; the files that were read are kept: start "
    "`dask worker`, which starts anew one that dies, and run the same command again, or run it "
    "without --scheduler": (
        "{0} 的调度器已有 {1} 秒没有工作进程；已读的文件已保存：请启动 `dask worker`"
        "（会重启工作进程），再次运行同一命令，或不带 --scheduler 运行"
    ),
    "the scheduler at {} has no worker; start `dask worker`": (
        "{0} 处的调度器没有工作进程；请启动 `dask worker`"
    ),
    "{} is not the address of a service": "{0} 不是服务的网址",
    "{}: no such file or folder; name one that exists": "{0}：没有此文件或文件夹；请指定存在的",
    "the listing could not be kept in {}: {}": "列表无法保存于 {0}：{1}",
    "{}; {} questions in a row had no answer: run the same command later to go on": (
        "{0}；连续 {1} 次提问没有回答：请稍后再次运行同一命令以继续"
    ),
    "{}: neither a file nor a folder; name one that can be read again": (
        "{0}：既不是文件也不是文件夹；请指定可以重读的"
    ),
    "a link that leads nowhere": "链接无所指向",
    "neither a file nor a folder": "既不是文件也不是文件夹",
    "no head within {} seconds": "{0} 秒内没有头部",
    "fewer than {} bytes a second": "每秒不到 {0} 字节",
    "{}: lines that are no captures: {}, the first {}": (
        "{0}：有 {1} 行不是抓取记录，第一行是 {2}"
    ),
    "{}: cannot take in this kind of file; it can be one of {}": (
        "{0}：不能收入此类文件；可收入 {1}"
    ),
    "{}: nothing in there can be taken in (files of other kinds: {}); it can be one of {}": (
        "{0}：其中没有可收入的文件（其他类型的文件 {1} 个）；可收入 {2}"
    ),
    "{}: {} has {} bytes here and {} unpacked, too many; if it is no bomb, unpack it yourself and "
    "name the folder": (
        "{0}：{1} 在包中 {2} 字节，解压后 {3} 字节，过大；如确非压缩炸弹，请自行解压并指定其文件夹"
    ),
    "{}: neither a file nor a folder, not taken in": "{0}：既不是文件也不是文件夹，未收入",
    "{}: cannot be read: {}; not taken in": "{0}：无法读取：{1}；未收入",
    "{}: not a WACZ package that can be read: {}": "{0}：不是可读的 WACZ 包：{1}",
    "{}: no WARC file is in this package": "{0}：包中没有 WARC 文件",
    "{} is not taken in: {}": "{0} 未收入：{1}",
    "{} at byte {} is not taken in: {}": "{0}（字节 {1} 处）未收入：{2}",
    "{} at byte {} is not taken in: {} bytes unpack to {}": (
        "{0}（字节 {1} 处）未收入：{2} 字节解压后达 {3} 字节"
    ),
    "{} at byte {} is damaged: {}; what can be read of it is taken in": (
        "{0}（字节 {1} 处）已损坏：{2}；可读的部分已收入"
    ),
    "{}: datapackage.json cannot be read: {}": "{0}：datapackage.json 无法读取：{1}",
    "{}: the list of its files is cut off or damaged ({}); they were looked for one by one, and "
    "what lay behind a cut is lost": (
        "{0}：其文件列表被截断或损坏（{1}）；已逐个查找其中的文件，截断之后的内容已丢失"
    ),
    "it ends after {} bytes": "在 {0} 字节后结束",
    "it ends after {} of {} bytes": "共 {1} 字节，在 {0} 字节后结束",
    "its checksum is another one": "校验和不符",
    "it is encrypted": "已加密",
    "it is packed by method {}": "压缩方法为 {0}",
    "it cannot be unpacked at byte {}: {}": "字节 {0} 处无法解压：{1}",
    "{}: {} is not the file that datapackage.json tells of (SHA-256 {}); taken in as it is": (
        "{0}：{1} 与 datapackage.json 所述不符（SHA-256 为 {2}）；已照原样收入"
    ),
    "{}: HTTP status {}; is it a CDX server? name the replay prefix, as in "
    "http://127.0.0.1:8080/collection": (
        "{0}：HTTP 状态码 {1}；是 CDX 服务吗？请给出回放前缀，如 http://127.0.0.1:8080/collection"
    ),
    "{}: HTTP status {}, not taken in": "{0}：HTTP 状态码 {1}，未收入",
    "{} lists nothing under {}; check the collection's name and the address": (
        "{0} 未列出 {1} 之下的任何内容；请核对集合名称和网址"
    ),
    "{}: HTTP status {}, and the service asks to be left alone until {} UTC: run the same command "
    "then to go on": (
        "{0}：HTTP 状态码 {1}，服务要求在 {2}（UTC）之前不再询问：届时再次运行同一命令即可继续"
    ),
    "{}: HTTP status {}, {} times: run the same command later to go on": (
        "{0}：HTTP 状态码 {1}，共 {2} 次：请稍后再次运行同一命令以继续"
    ),
    "{}: no answer: {}; check the address": "{0}：没有应答：{1}；请核对网址",
    "{}: larger than {} bytes, not taken in": "{0}：超过 {1} 字节，未收入",
    "{}: no JSON object with a text, not taken in": "{0}：不是含有正文的 JSON 对象，未收入",
    "{}: cut off before its end; taken in as it is": "{0}：在结尾之前被截断；已照原样收入",
    "{}: is no WARC file, and was not kept": "{0}：不是 WARC 文件，未保留",
    "{}: empty, not taken in": "{0}：空文件，未收入",
    "{}: {}; not taken in": "{0}：{1}；未收入",
    "{} workers died reading it (the last one by {})": "读取时有 {0} 个进程死亡（最后一个：{1}）",
    "{} processes died reading the same pages; is there too little memory? run the command again, "
    "with --jobs 1": "有 {0} 个进程在读取同一批页面时死亡；是否内存不足？请加 --jobs 1 再次运行",
}
