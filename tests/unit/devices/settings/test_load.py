import tomllib
from pathlib import Path

import pytest

from devices.settings.load import as_json, load, merge, read, read_file
from devices.settings.printer import PrinterTables
from devices.settings.problems import ConfigError
from devices.settings.scanner import ScannerTables


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "config.d").mkdir()
    path = tmp_path / "config.toml"
    path.write_text(f'[store]\ndirectory = "{tmp_path}"\n[printer]\nprofile = "TM-T20II"\n', encoding="utf-8")
    return path


def test_overlays_go_before_the_operators_file_and_the_fleets_before_the_lanes(config: Path) -> None:
    assert load(config, PrinterTables).printer.profile == "TM-T20II"
    (config.parent / "config.d" / "local.toml").write_text(
        '[printer]\nwidth = "58mm"\nprofile = "TM-T88IV"\n', encoding="utf-8"
    )
    printer = load(config, PrinterTables).printer
    assert (printer.profile, printer.width) == ("TM-T88IV", "58mm")
    (config.parent / "config.d" / "fleet.toml").write_text(
        '[printer]\nprofile = "TM-L90"\n', encoding="utf-8"
    )
    printer = load(config, PrinterTables).printer
    assert (printer.profile, printer.width, str(printer.to)) == ("TM-L90", "58mm", "tcp:127.0.0.1:9100")


def test_other_programs_tables_may_be_broken(config: Path) -> None:
    config.write_text(config.read_text(encoding="utf-8") + "[scanner]\nreaders = 3\n", encoding="utf-8")
    assert load(config, PrinterTables).printer.profile == "TM-T20II"
    with pytest.raises(ConfigError, match=r"^scanner\.readers: got 3, expected a list in square brackets$"):
        load(config, ScannerTables)


def test_a_broken_store_is_reported_with_all_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[store]\ndirectory = 3\n[printer]\nwidth = "90mm"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load(path, PrinterTables)
    assert [problem.path for problem in error.value.problems] == ["store.directory", "printer.width"]


def test_without_a_file_there_are_defaults(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert load(None, PrinterTables, system=tmp_path / "absent.toml").printer.profile == "TM-T88V"
    assert load(None, PrinterTables, system=config).printer.profile == "TM-T20II"
    assert read(None, system=config) == read(config)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[printer", "TOML: Expected ']' at the end of a table declaration (at end of document)"),
        (b"a = 1\na = 2", "TOML: Cannot overwrite a value (at end of document)"),
        (b"a = '\xff'", "UTF-8 text: invalid start byte"),
        (b"a = " + b"[" * 100_000, "TOML: maximum recursion depth exceeded"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as error:
        read_file(path)
    (problem,) = error.value.problems
    assert (problem.path, problem.got) == ("", str(path))
    assert problem.expected.startswith(expected)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path / "absent.toml", PrinterTables)
    assert str(error.value) == (
        f"the file: got '{tmp_path / 'absent.toml'}', "
        "expected a file that can be read: No such file or directory"
    )


def test_dates_become_text() -> None:
    assert as_json(tomllib.loads("a = 2026-11-23")) == '{"a": "2026-11-23"}'


def test_tables_are_merged_key_by_key_and_lists_replaced() -> None:
    base = {"a": {"b": 1, "c": [1, 2]}, "d": 1, "e": {"f": 1}}
    over = {"a": {"c": [3]}, "d": {"x": 1}, "e": 2, "g": 3}
    assert merge(base, over) == {"a": {"b": 1, "c": [3]}, "d": {"x": 1}, "e": 2, "g": 3}
    assert base["a"] == {"b": 1, "c": [1, 2]}
