import argparse
from pathlib import Path

import pytest

from devices.settings import ConfigError, Serial, Tcp
from devices.terminal import options
from devices.terminal.steps import Timers


def _parse(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    options.add_common(parser, suppress=False)
    options.add_terminal(parser, suppress=False)
    return parser.parse_args(argv)


def test_options_overlay_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[store]\ndirectory = "{tmp_path}/db"\n[link]\ndirectory = "{tmp_path}/run"\n'
        '[terminal.card]\nto = "tcp:192.0.2.7:20007"\npassword = "111111"\nt4_ms = 90000\n'
    )
    place = options.place_of(_parse("--config", str(config)))
    assert place.way.name == "tcp:192.0.2.7:20007"
    assert place.profile.password.digits == "111111"
    assert place.profile.timers == Timers(0.2, 5.0, 5.0, 90.0)
    assert (place.directory, place.socket) == (tmp_path / "db", tmp_path / "run" / "terminal-card.sock")
    given = ["--config", str(config), "--serial", "/dev/ttyUSB0,115200", "--password", "222222"]
    given += [
        "--currency",
        "CHF",
        "--timers",
        "t1=0.1, t4=2",
        "--state",
        str(tmp_path),
        "--link",
        str(tmp_path),
    ]
    place = options.place_of(_parse(*given))
    assert place.way.name == "serial:/dev/ttyUSB0,115200"
    assert (place.profile.password.digits, place.profile.currency) == ("222222", "CHF")
    assert place.profile.timers == Timers(0.1, 5.0, 5.0, 2.0)
    assert (place.directory, place.socket) == (tmp_path, tmp_path / "terminal-card.sock")


def test_another_channel_has_its_own_journal_and_socket(tmp_path: Path) -> None:
    place = options.place_of(_parse("--channel", "qr", "--state", str(tmp_path), "--link", str(tmp_path)))
    assert (place.channel, place.directory) == ("qr", tmp_path / "qr")
    assert place.socket == tmp_path / "terminal-qr.sock"


def test_a_wrong_configuration_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[terminal.card]\nto = "carrier pigeon"\n')
    with pytest.raises(ConfigError, match=r"terminal\.card\.to"):
        options.place_of(_parse("--config", str(config)))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (options.amount, "1,5"),
        (options.seconds, "0"),
        (options.seconds, "soon"),
        (options.seconds, "nan"),
        (options.timers, "t5=1"),
        (options.timers, "t1"),
        (options.timers, "t1=x"),
        (options.tcp, "nowhere"),
        (options.serial, "/dev/ttyS0,fast"),
        (options.password, "12"),
        (options.currency, "XXX"),
    ],
)
def test_what_an_option_does_not_take(read: options.Reader, text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        read(text)


def test_what_an_option_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert options.amount("12.34") == 1234
    assert options.tcp("h:1") == Tcp("h", 1)
    monkeypatch.chdir(tmp_path)
    assert options.serial("tty,9600") == Serial(tmp_path / "tty", 9600)
    assert options.currency("EUR") == "EUR"


def test_the_version_is_told_even_uninstalled(monkeypatch: pytest.MonkeyPatch) -> None:
    assert options.package_version()
    monkeypatch.setattr(options, "DISTRIBUTION", "no-such-distribution")
    assert options.package_version() == "uninstalled"
