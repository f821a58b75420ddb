"""The site behind nginx, where that is installed; otherwise behind Python's own server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 10.0

_CONFIGURATION = """
daemon off; master_process off; pid {scratch}/nginx.pid; error_log {scratch}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; keepalive_requests 100000; keepalive_timeout 60;
  types {{ text/html html; text/plain txt; image/png png; }}
  client_body_temp_path {scratch}/a; proxy_temp_path {scratch}/b; fastcgi_temp_path {scratch}/c;
  uwsgi_temp_path {scratch}/d; scgi_temp_path {scratch}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; }}
}}
"""


def server_name() -> str:
    """What serves."""
    return "nginx" if shutil.which("nginx") else "python -m http.server"


@contextmanager
def serving(root: Path, scratch: Path) -> Iterator[str]:
    """Serve ``root`` on loopback until the block ends; gives its address."""
    port = _free_port()
    if nginx := shutil.which("nginx"):
        configuration = scratch / "nginx.conf"
        text = _CONFIGURATION.format(scratch=scratch, port=port, root=root)
        configuration.write_text(text, encoding="utf-8")
        command = [nginx, "-p", str(scratch), "-c", str(configuration)]
    else:
        where = ["--bind", "127.0.0.1", "--directory", str(root)]
        command = [sys.executable, "-m", "http.server", str(port), *where]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{server_name()} did not start on port {port}")
