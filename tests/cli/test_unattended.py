"""Refreshing unattended: what is told can be pasted, and runs this very program."""

import configparser
import shlex
import shutil
import subprocess
from importlib import resources
from pathlib import Path

from support.homes import Home, environment
from support.web import Web


def test_the_line_for_cron_refreshes(home: Home, web: Web) -> None:
    rows = home.run("unattended", "--json").json
    (line,) = [each["value"] for each in rows if each["name"] == "cron"]
    minute, command = line.split(" ", 5)[0], line.split(" ", 5)[5]
    assert minute == "*/15"
    # As cron does it: no PATH, a shell.
    bare = {**environment(), "PATH": ""}
    told = command.removesuffix(" >/dev/null 2>&1")
    done = subprocess.run(
        ["/bin/sh", "-c", told], env=bare, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    doctor = {row["name"]: row["value"] for row in home.run("doctor", "--json").json}
    assert doctor["cron"] == line


def test_the_unit_starts_this_program_with_its_own_places(tmp_path: Path) -> None:
    home = Home(tmp_path / "a 100% $home")
    shipped = resources.files("autotui") / "data" / "systemd" / "autotui-refresh.service"
    units = [configparser.ConfigParser(strict=False, interpolation=None) for _ in "12"]
    for unit in units:
        unit.optionxform = str  # type: ignore[assignment,method-assign]  # as its manual says
    units[0].read_string(home.run("unattended", "service").out)
    units[1].read_string(shipped.read_text(encoding="utf-8"))
    started = shlex.split(units[0]["Service"].pop("ExecStart"))
    assert Path(started[0]).is_absolute()
    assert [each.replace("%%", "%").replace("$$", "$") for each in started[-3:]] == [
        "--home",
        str(home.folder),
        "refresh",
    ]
    # All the rest is what the package ships, which finds a program that pip installed.
    shell = shlex.split(units[1]["Service"].pop("ExecStart"))
    assert units[0] == units[1]
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    program = tmp_path / ".local" / "bin" / "autotui"
    program.write_text(f"#!{shutil.which('sh')}\necho called $1\n")
    program.chmod(0o700)
    given = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(shell, env=given, capture_output=True, check=False)
    assert done.stdout == b"called refresh\n"


def test_the_timer_is_the_services(home: Home) -> None:
    timer = home.run("unattended", "timer").out
    assert "OnCalendar=*:0/15" in timer
    assert "WantedBy=timers.target" in timer
    lines = [each["value"] for each in home.run("unattended", "--json").json]
    assert "systemctl --user enable --now autotui-refresh.timer" in lines
