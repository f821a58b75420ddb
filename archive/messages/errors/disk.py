"""Sentences about the data directory, its disk and its lock, and what the system says of files."""

from __future__ import annotations

DISK: dict[str, str] = {
    # The data directory, the disk, the lock.
    "cannot write in {}: {}": "无法写入 {0}：{1}",
    "cannot write in {}: {}; check its permissions and its disk, then run again to go on": (
        "无法写入 {0}：{1}；请检查其权限和所在磁盘，再次运行即可继续"
    ),
    "check its permissions and its disk, then run again to go on": (
        "请检查其权限和所在磁盘，再次运行即可继续"
    ),
    "cannot write in {}: {}; choose another with --data DIR": (
        "无法写入 {0}：{1}；请用 --data DIR 另选目录"
    ),
    "the file system of {} gives no lock ({}), so two runs could write in it at once; mount it "
    "with locks, or choose a disk of this machine with --data DIR": (
        "{0} 所在的文件系统不支持加锁（{1}），两次运行可能同时写入；"
        "请以支持锁的方式挂载，或用 --data DIR 另选本机磁盘"
    ),
    "the timer of another archive is installed ({}); `palimpsest schedule remove` takes it away, "
    "and `schedule show` prints a cron line for this one": (
        "已安装另一个档案库（{0}）的定时器；`palimpsest schedule remove` 可将其移除，"
        "`schedule show` 会给出本档案库的 cron 行"
    ),
    "{}: a link that leads nowhere, not taken in": "{0}：链接指向不存在的位置，未收入",
    "{} cannot be used as data directory ({}): name a writable one with --data": (
        "{0} 不能用作数据目录（{1}）：请用 --data 指定可写的目录"
    ),
    "there is no archive in {}: run `palimpsest crawl URL` first, or name another directory with "
    "--data": "{0} 中没有归档：请先运行 `palimpsest crawl URL`，或用 --data 指定别的目录",
    "no room left in {}: free some, then run again to go on": (
        "{0} 已无剩余空间：请腾出空间，再次运行即可继续"
    ),
    "{} MB are left on the disk of {}, the low-water mark is {} MB ({}): make room and run the "
    "command again; `palimpsest prune --dry-run` lists what could go elsewhere": (
        "{1} 所在磁盘只剩 {0} MB，下限为 {2} MB（{3}）：请腾出空间，再次运行同一命令；"
        "`palimpsest prune --dry-run` 列出可移往别处的文件"
    ),
    "{} is {}; write a number of megabytes": "{0} 的值是 {1}；请写兆字节数",
    "{} is working in {}; wait for it or choose another --data DIR": (
        "{0} 正在使用 {1}；请等它结束，或用 --data DIR 另选目录"
    ),
    "nightly (process {} on {}, since {})": "nightly（{1} 上的进程 {0}，始于 {2}）",
    "stopped by a signal; run the same command again to go on": (
        "已因信号停止；再次运行同一命令即可继续"
    ),
    # What the operating system says.
    "Permission denied": "权限不足",
    "No such file or directory": "没有此文件或目录",
    "No space left on device": "磁盘已满",
    "Read-only file system": "只读文件系统",
    "Is a directory": "是目录",
    "Not a directory": "不是目录",
    "File exists": "文件已存在",
    "Connection refused": "连接被拒",
}
