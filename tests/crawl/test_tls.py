"""Hosts whose certificate or encryption is refused: named, and read where the operator says so."""

from __future__ import annotations

import ssl
import warnings
from pathlib import Path

import pytest

from archive.cli import main
from crawler.selftest.certificate import server_context
from tests.crawl.night import ARTICLES, institute, night, profile, report
from tests.crawl.server import served

NOT_READ = "not read for certificate or encryption"


def _of_long_ago(tmp_path: Path) -> ssl.SSLContext:
    """A server that speaks TLS 1.0 and nothing else."""
    context = server_context(tmp_path)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def test_a_certificate_that_is_refused_is_told_with_the_remedy_and_the_remedy_helps(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    with served(institute(), context=server_context(tmp_path)) as site:
        profile(data, site)
        code, _, err = night(data)
        assert code == 69
        assert "tls-certificate: self-signed certificate" in err
        assert "unverified_hosts" in err
        assert site.asked == []
        (written,) = (data / "sites").glob("*.toml")
        text = written.read_text()
        lenient = text.replace("unverified_hosts = []", f'unverified_hosts = ["{site.host}"]')
        assert lenient != text
        written.write_text(lenient)
        code, _, err = night(data)
    assert code == 0, err
    counts = report(data, 2)["articles"]
    assert isinstance(counts, dict)
    assert counts["total"] == ARTICLES


@pytest.mark.skipif(not ssl.HAS_TLSv1, reason="this OpenSSL has no TLS 1.0")
def test_a_server_of_long_ago_is_read_where_the_operator_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["crawl", "--data", str(tmp_path / "data")]
    with served(institute(2), context=_of_long_ago(tmp_path)) as site:
        assert main([*command, site.url]) == 69
        assert "--unverified HOST" in capsys.readouterr().err
        assert main([*command, "--unverified", site.url, site.url]) == 0
    assert "2 articles" in capsys.readouterr().out


def test_a_mirror_that_is_not_read_for_its_certificate_is_named_in_the_report(
    tmp_path: Path,
) -> None:
    with served(institute()) as site, served({}, context=server_context(tmp_path)) as mirror:
        data = tmp_path / "data"
        profile(data, site, more=f'mirrors = ["{mirror.url}"]')
        assert night(data)[0] == 0
    notes = report(data, 1)["notes"]
    assert isinstance(notes, list)
    assert [note for note in notes if NOT_READ in note and mirror.host in note]
    assert not [note for note in notes if site.host in note]
