"""What the operating system says of an error, in Chinese: it says it in English whatever the user's
language is, where Python runs without its translations."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

_BY_CODE: Mapping[int, str] = {
    errno.EACCES: "权限不足",
    errno.EADDRINUSE: "地址已被占用",
    errno.EADDRNOTAVAIL: "本机没有该地址",
    errno.EAGAIN: "资源暂时不可用",
    errno.EBADF: "文件描述符无效",
    errno.EBUSY: "设备或资源正忙",
    errno.ECONNABORTED: "连接被中止",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接被对方重置",
    errno.EDQUOT: "超出磁盘配额",
    errno.EEXIST: "文件已存在",
    errno.EFBIG: "文件过大",
    errno.EHOSTUNREACH: "没有到主机的路由",
    errno.EINVAL: "参数无效",
    errno.EIO: "输入输出错误",
    errno.EISDIR: "是目录",
    errno.ELOOP: "符号链接层数过多",
    errno.EMFILE: "打开的文件过多",
    errno.EMLINK: "链接过多",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENETUNREACH: "网络不可达",
    errno.ENFILE: "系统中打开的文件过多",
    errno.ENODEV: "没有该设备",
    errno.ENOENT: "没有该文件或目录",
    errno.ENOLCK: "没有可用的锁",
    errno.ENOMEM: "内存不足",
    errno.ENOSPC: "设备上没有空间",
    errno.ENOTCONN: "没有连接",
    errno.ENOTDIR: "不是目录",
    errno.ENOTEMPTY: "目录不为空",
    errno.ENOTSUP: "不支持该操作",
    errno.ENXIO: "没有该设备或地址",
    errno.EPERM: "不允许该操作",
    errno.EPIPE: "管道已断开",
    errno.EROFS: "文件系统只读",
    errno.ESTALE: "文件句柄已失效",
    errno.ETIMEDOUT: "连接超时",
    errno.ETXTBSY: "程序文件正在使用",
    errno.EXDEV: "不能跨设备链接",
}

SYSTEM: Mapping[str, str] = {os.strerror(code): chinese for code, chinese in _BY_CODE.items()}
"""Each sentence as this machine says it."""
