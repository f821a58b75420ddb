"""Site profiles: written with comments, read strictly, and wrong ones explained."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import ConfigurationError, UsageError
from archive.model import Site
from archive.profiles import Profile, add_profile, profile_folder, read_profile, read_profiles
from archive.store import open_archive

RIGHT = 'name = "a"\nstart = ["http://www.a.cn/"]\n'


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")


def test_a_new_profile_is_commented_right_and_says_what_was_asked(tmp_path: Path) -> None:
    path = add_profile(tmp_path, ["www.a.cn"], ["http://m.com/x"], '光机所 "甲" \\ 🦊')
    text = path.read_text(encoding="utf-8")
    assert text.count("\n#") > 6
    assert read_profile(path) == Profile(
        name='光机所 "甲" \\ 🦊', start=("http://www.a.cn",), mirrors=("http://m.com/x",)
    )
    assert path.parent == profile_folder(tmp_path)
    assert not list(path.parent.glob("*.part"))


def test_a_profile_is_never_written_over(tmp_path: Path) -> None:
    first = add_profile(tmp_path, ["http://www.a.cn/"], name="甲")
    second = add_profile(tmp_path, ["http://www.b.cn/"], name="乙")
    assert first != second
    before = first.read_bytes()
    with pytest.raises(ConfigurationError, match="already"):
        add_profile(tmp_path, ["http://www.c.cn/"], name="甲")
    assert first.read_bytes() == before
    known, _ = read_profiles(profile_folder(tmp_path))
    assert {profile.name for profile in known} == {"甲", "乙"}


def test_the_file_of_a_name_in_another_script_is_called_as_the_host_is(tmp_path: Path) -> None:
    assert add_profile(tmp_path, ["http://www.a.cn/"], name="乙").name == "www.a.cn.toml"
    assert add_profile(tmp_path, ["http://www.a.cn/x"], name="丙").name == "www.a.cn-2.toml"
    assert add_profile(tmp_path, ["http://www.b.cn/"], name="甲 kib").name == "kib.toml"


@pytest.mark.parametrize("name", ["../../x", "CON", "a/b", "." * 300])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    try:
        path = add_profile(tmp_path / "data", ["http://www.a.cn/"], name=name)
    except UsageError:
        return
    assert path.parent == tmp_path / "data" / "sites"
    assert len(path.name.encode()) < 255


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('name = "a"\nstart = [\n"http://www.a.cn/"\nx', 4, "not TOML"),
        (RIGHT + "max_page = 3", 3, "did you mean max_pages?"),
        (RIGHT + "zzz = 3", 3, "there are name, start"),
        (RIGHT + "\nmax_pages = 'many'", 4, "write for instance max_pages = 20000"),
        (RIGHT + "max_pages = -1", 3, "max_pages = 20000"),
        (RIGHT + "max_minutes = 0", 3, "from 1 to 1440"),
        (RIGHT + "delay = 0.01", 3, "seconds from 0.2"),
        (RIGHT + "enabled = 1", 3, "true or false"),
        (RIGHT + "failure_share = 5", 3, "a share from 0 to 1"),
        (RIGHT + "unvalidated_every = 31", 3, "from 1 to 30"),
        (RIGHT + "[start.more]\nx = 1", 3, "not TOML"),
        ('name = "a"\nstart = ["www.a.cn"]', 2, "begin with http://"),
        ('name = "a"\nstart = ["ftp://www.a.cn"]', 2, "begin with http://"),
        ('name = "a"\nstart = []', 2, "begin with http://"),
        ('name = "a"\nstart = ["http://a/"]', 2, "begin with http://"),
        ('name = "a"\nstart = ["http://me:secret@www.a.cn/"]', 2, "begin with http://"),
        (
            'name = "a"\nstart = ["http://a.cn/", "http://me:secret@b.cn/"]',
            2,
            "start is ['http://…@b.cn/'], it must be",
        ),
        (RIGHT + 'unverified_hosts = ["a.cn", "https://b.cn/"]', 3, "is ['https://b.cn/'], it"),
        ('name = ""\nstart = ["http://a.cn/"]', 1, "a name of 1 to 200"),
        ('name = "a"', None, "start is missing; add a line start = "),
        ("name = 2010-12-09\nstart = ['http://a.cn/']", 1, "name is 2010-12-09, it must be"),
        ('name = "a"\nstart = [true, 07:32:00]', 2, "start is [true, 07:32:00], it must be"),
        (
            RIGHT + 'mirrors = ["http://M.cn/", "http://WWW.a.cn/x"]',
            3,
            "'http://WWW.a.cn/x' is a mirror",
        ),
        ("name = “a”\n", 1, "text stands between straight quotes"),
        ('name = "a"\nstart = ["http://a.cn/"，"http://b.cn/"]', 2, "stands a comma"),
        ('name = "a"\nstart = ["http://a.cn/"', None, "x.toml: not TOML: Unclosed array; between"),
        ('name: "a"', 1, "KEY = VALUE"),
        (f"start = {'[' * 5000}", None, "too deep"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(
    text: str, line: int | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = profile_folder(tmp_path) / "x.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as wrong:
        read_profile(path)
    assert words in str(wrong.value)
    assert str(path) in str(wrong.value)
    assert line is None or f"line {line}" in str(wrong.value)
    assert main(["sites", "check", "--data", str(tmp_path)]) == 78
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1
    assert "0 of 1" in printed.err


def test_all_that_is_wrong_with_a_profile_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = profile_folder(tmp_path)
    folder.mkdir()
    (folder / "x.toml").write_text(
        '# name = "x"\nnam = "a"\nmax_pages = -1\n[selectors]\ncontainer = "div[["\ntitel = "h1"\n'
    )
    (folder / "y.toml").write_text(f"{RIGHT}{RIGHT}")
    assert main(["sites", "check", "--data", str(tmp_path)]) == 78
    said = [line.removeprefix(f"{folder}/") for line in capsys.readouterr().out.splitlines()]
    assert [line.partition(": ")[0] for line in said] == [
        *(f"x.toml line {number}" for number in (2, 3, 5, 6)),
        "x.toml",
        "x.toml",
        "y.toml line 3, column 11",
    ]
    remedies = [
        "did you mean name?",
        "max_pages = 20000",
        "a CSS selector",
        "did you mean title?",
        "name is missing",
        "start is missing",
        "the key is given twice",
    ]
    assert [words in line for line, words in zip(said, remedies, strict=True)] == [True] * 7


def test_a_profile_that_an_editor_began_with_a_byte_order_mark_is_right(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode())
    assert read_profile(path).start


@pytest.mark.parametrize(
    ("raw", "line"), [('name = "研"\n'.encode("gbk"), 1), (b"# 1\r\n# \xff", 2)]
)
def test_bytes_that_are_no_text_are_said_with_their_line(
    raw: bytes, line: int, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_bytes(raw)
    with pytest.raises(ConfigurationError, match=rf"a\.toml line {line}: not UTF-8 text"):
        read_profile(tmp_path / "a.toml")


def test_what_is_no_file_is_said_and_waited_for_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    os.mkfifo(tmp_path / "b.toml")
    (tmp_path / "c.TOML").write_text(RIGHT)
    right, wrong = read_profiles(tmp_path)
    assert len(right) == 1
    assert [str(one) for one in wrong] == [
        f"{tmp_path / name}: no file; move it away, or give it another name"
        for name in ("a.toml", "b.toml")
    ]


def test_bytes_that_are_no_text_and_names_given_twice_are_said(tmp_path: Path) -> None:
    folder = profile_folder(tmp_path)
    folder.mkdir()
    (folder / "a.toml").write_bytes(b"\xff\xfe")
    for name in "bc":
        (folder / f"{name}.toml").write_text(RIGHT)
    right, wrong = read_profiles(folder)
    assert [one.name for one in right] == ["a"]
    [not_text, twice] = map(str, wrong)
    assert "UTF-8" in not_text
    assert re.search(r"c\.toml.*also that of.*b\.toml", twice)
    assert main(["sites", "check", "--data", str(tmp_path)]) == 78


def test_the_command_writes_a_profile_and_finds_it_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sites", "add", "http://www.a.cn/", "--data", str(tmp_path)]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert read_profile(path).name == "www.a.cn"
    assert main(["sites", "check", "--data", str(tmp_path)]) == 0
    assert "1 of 1" in capsys.readouterr().err
    assert main(["sites", "add", "not an address", "--data", str(tmp_path)]) == 64


@pytest.mark.parametrize(
    "text", ["not-a-url", "http://", "ftp://www.a.cn/", "a b.cn", "x@www.a.cn", "a.cn/\x7f"]
)
def test_what_is_no_address_gets_no_profile(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the address of a web site"):
        add_profile(tmp_path, [text])
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_was_not_walked_yet_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sites", "list", "--data", str(tmp_path)]) == 73
    add_profile(tmp_path, ["http://www.a.cn/"], ["http://m.com/x"], "institute")
    capsys.readouterr()
    assert main(["sites", "list", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "institute",
        "0",
        "www.a.cn",
        "m.com",
    ]
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("other", ("www.b.cn",)))
    assert main(["sites", "list", "--format", "json", "--data", str(tmp_path)]) == 0
    assert [one["site"] for one in json.loads(capsys.readouterr().out)] == ["other", "institute"]


def test_two_profiles_that_begin_at_one_host_are_named_and_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    add_profile(tmp_path, ["http://www.a.ac.cn/"], name="one")
    add_profile(tmp_path, ["http://www.a.ac.cn/other/", "http://b.a.ac.cn/"], name="two")
    add_profile(tmp_path, ["http://www.c.ac.cn/"], name="three")
    assert main(["sites", "check", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "one, two begin at the same host, www.a.ac.cn: " in said
    assert "three" not in said


def test_the_institutes_names_are_kept_in_their_order(tmp_path: Path) -> None:
    names = ("某某科学院某地光学研究所", "某地光学所")
    path = add_profile(tmp_path, ["www.a.cn"], institute=names)
    assert read_profile(path).institute == names


@pytest.mark.parametrize(
    "name", ["", "光所", "Institute", "某地 光学所", "某地\n光学所", "某" * 61]
)
def test_what_is_no_name_of_an_institute_is_refused_before_anything_is_written(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="3 to 60 Chinese characters"):
        add_profile(tmp_path, ["www.a.cn"], institute=[name])
    assert not profile_folder(tmp_path).exists()
