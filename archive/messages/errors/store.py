"""Sentences about the store, its index, and what it does not have."""

from __future__ import annotations

STORE: dict[str, str] = {
    "the store: {}; {}": "存储：{0}；{1}",
    "database or disk is full": "磁盘已满",
    "database disk image is malformed": "数据库文件已损坏",
    "rows that belong together do not agree": "相关的数据行互不一致",
    "make room on its disk and on that of temporary files (TMPDIR), and run the command again": (
        "请在它所在的磁盘和临时文件（TMPDIR）所在的磁盘腾出空间，再次运行同一命令"
    ),
    "make the data directory writable": "请使数据目录可写",
    "check the disk that holds the data directory": "请检查数据目录所在的磁盘",
    "another process holds it; try again when it has ended": "另一个进程正在使用；请等它结束再试",
    "the file is damaged: move palimpsest.db away; `palimpsest backfill DATA/warc --site NAME "
    "--data DATA` makes it again from the WARC files": (
        "文件已损坏：请移走 palimpsest.db，再用 `palimpsest backfill DATA/warc --site NAME "
        "--data DATA` 由 WARC 文件重建"
    ),
    "palimpsest.db is not a store; name another directory": (
        "palimpsest.db 不是存储；请指定别的目录"
    ),
    "this is a fault of the program": "这是程序的错误",
    "the archive was closed: open it again to go on": "档案库已关闭：请重新打开",
    "the store is not SQLite": "存储不是 SQLite",
    "{} is empty: put a copy of it back, or remove it and make the store again from the WARC files "
    "with `palimpsest backfill {} --site NAME`": (
        "{0} 是空的：请放回它的副本，或将其删除，再用 `palimpsest backfill {1} --site NAME` "
        "由 WARC 文件重建存储"
    ),
    "{} is a database, but not a Palimpsest store": "{0} 是数据库，但不是 Palimpsest 的存储",
    "the store has schema {}, which this program does not know (its newest is {}): update "
    "palimpsest": "存储的结构版本为 {0}，本程序不识（最新为 {1}）：请更新 palimpsest",
    "the store: {}; this is a fault of the program": "存储：{0}；这是程序的错误",
    "the store cannot be reached: {}; {}": "无法连接存储：{0}；{1}",
    "the database's address cannot be read; write postgresql://user@host/name": (
        "无法读懂数据库地址；写法如 postgresql://user@host/name"
    ),
    "another process is writing the search index; wait for it to end": (
        "另一个进程正在写检索索引；请等它结束"
    ),
    "{} cannot be used for the index: {}": "{0} 不能用于索引：{1}",
    "the index in {}: {}; `palimpsest clean --reindex` makes it again": (
        "{0} 中的索引：{1}；可用 `palimpsest clean --reindex` 重建"
    ),
    "no site is called {}; known: {}": "没有名为 {0} 的网站；已有：{1}",
    "none yet": "尚无",
    "is not in the index": "不在索引中",
    "is in the index as it was before": "在索引中仍是从前的样子",
    "is in the index only": "只在索引中",
    "is in the index twice": "在索引中有两份",
    "the search index is being made by another process; try again later": (
        "另一个进程正在重做检索索引；请稍后再试"
    ),
    # PostgreSQL.
    "is PostgreSQL running, and is its address right?": "PostgreSQL 是否在运行，地址是否正确？",
    "make room on the database server's disk": "请在数据库服务器的磁盘上腾出空间",
    "another process was in the way; run the command again": "与另一个进程冲突；请再次运行同一命令",
    "the database server has not enough of something; see its log": (
        "数据库服务器的某种资源不足；请看它的日志"
    ),
    "the database server is being stopped or restarted; try again later": (
        "数据库服务器正在停止或重启；请稍后再试"
    ),
    "the connection was lost; try again": "连接已断开；请再试",
    "the store: the database server ended the connection that keeps other machines from doing the "
    "same; try again": "存储：数据库服务器断开了用以防止其他机器做同一工作的连接；请再试",
    "the connection is gone": "连接已断开",
    "check user and password in the database's address": "请检查数据库地址中的用户和密码",
    "make the database first: createdb NAME": "请先建立数据库：createdb 名称",
    "the user needs the right to create and change tables": "该用户须有建立和修改表的权限",
    "the run was not kept": "此次运行未被保存",
    "there is no run {}; `palimpsest runs list` names them all": (
        "没有第 {0} 次运行；`palimpsest runs list` 列出全部"
    ),
    "there is no run {}": "没有第 {0} 次运行",
    "no saved query is called {}; there are: {}": "没有名为 {0} 的已存查询；已有：{1}",
    "a saved query cannot be called {}: a name is one word without quotation marks": (
        "已存查询不能叫 {0}：名称应为一个不带引号的词"
    ),
    "no article has the id or address {}; `palimpsest search WORDS` finds its id": (
        "没有标识或网址为 {0} 的文章；可用 `palimpsest search 词语` 查找"
    ),
    "no article is read any more where {} was: {}; its captures are kept": (
        "编号 {0} 原指的文章（{1}）现已读不出；其抓取记录仍在"
    ),
}
