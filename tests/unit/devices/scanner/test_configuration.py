from pathlib import Path

import pytest

from devices.scanner import configuration
from devices.scanner.configuration import ConfigurationError, default_directory, load
from devices.scanner.settings import ScannerSettings


def test_without_a_file_the_defaults_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(configuration, "SYSTEM_DIRECTORY", tmp_path / "absent")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    settings = load(None)
    assert settings.scanner == ScannerSettings()
    assert settings.socket == tmp_path / "checkstand" / "scanner.sock"


def test_the_systems_folder_is_used_where_we_may_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(configuration, "SYSTEM_DIRECTORY", tmp_path)
    assert default_directory() == tmp_path


def test_our_tables_are_read_and_others_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[shop]\nname = 1\n[link]\ndirectory = "/somewhere"\n'
        '[[scanner.readers]]\ndevice = "/dev/ttyACM0"\ntransport = "serial"\n'
        '[[scanner.readers]]\nlayout = "de"\n'
    )
    settings = load(file)
    assert settings.socket == Path("/somewhere/scanner.sock")
    assert [reader.transport for reader in settings.scanner.readers] == ["serial", "evdev"]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[[scanner.readers]]\nlayout = "dvorak"\ngap_ms = 5\ntypo = 1\n')
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    assert len(caught.value.sentences) == 3
    assert f"{file}: scanner.readers.0.gap_ms is 5" in str(caught.value)


@pytest.mark.parametrize("content", [b"[scanner", b"\xff"])
def test_what_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match="is not TOML"):
        load(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent.toml cannot be read: No such file"):
        load(tmp_path / "absent.toml")


def test_a_link_table_of_another_kind_is_left_to_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("link = 5\n")
    assert load(file).directory == default_directory()
