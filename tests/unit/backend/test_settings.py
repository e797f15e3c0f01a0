from pathlib import Path

import pytest

from backend.catalog.shop import Shop
from backend.errors import UserError
from backend.settings import BackendSettings, read, state_directory


def config(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return file


def test_without_a_file_the_defaults_hold() -> None:
    assert read(None) == BackendSettings()
    assert read(None).shop() == Shop()
    assert read(None).host == "127.0.0.1"


def test_a_whole_table_is_read_and_other_programs_tables_passed_over(tmp_path: Path) -> None:
    settings = read(
        config(
            tmp_path,
            '[lane]\nnumber = "x"\n[backend]\nhost = "0.0.0.0"\nport = 0\nname = "Laden"\ncurrency = "JPY"\n'
            'language = "ja"\npublic_url = "https://r.example/x/"\nconsole = "network"\n'
            '[backend.tax]\nfood = "8.875"\nnone = "0"\n',
        )
    )
    assert (settings.host, settings.port, settings.console) == ("0.0.0.0", 0, "network")  # noqa: S104 - as asked
    shop = settings.shop()
    assert shop.tax == {"food": 8875, "none": 0}
    assert shop.shared() == {
        "name": "Laden",
        "currency": "JPY",
        "language": "ja",
        "receipt_url": "https://r.example/x/r/{receipt}",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "backend.prot: no such setting, did you mean port"),
        ("zzzzz = 1", "backend.zzzzz: no such setting"),
        ("port = 70000", "backend.port: got 70000"),
        ('port = "1"', "backend.port"),
        ('currency = "euro"', "three capital letters"),
        ('tax = {standard = "19%"}', "percent as text"),
        ("tax = {standard = 19.0}", "backend.tax.standard"),
        ("tax = {}", "at least one"),
        ('public_url = "shop"', "backend.public_url"),
        ("name = ", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read(config(tmp_path, f"[backend]\n{text}\n"))
    assert said in str(caught.value)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"backend\.port.*backend\.hots"):
        read(config(tmp_path, "[backend]\nport = -1\nhots = 1\n"))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        read(tmp_path / "nowhere")
    (tmp_path / "bytes").write_bytes(b"\xff")
    with pytest.raises(UserError, match="is not TOML"):
        read(tmp_path / "bytes")


def test_where_the_files_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert state_directory(tmp_path) == tmp_path
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_directory(None) == tmp_path / "checkstand"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert state_directory(None) == Path.home() / ".local" / "state" / "checkstand"
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert state_directory(None) == Path("/var/lib/checkstand")


EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def test_the_example_shows_every_setting_with_its_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert read(EXAMPLE) == BackendSettings()
    table = text[text.index("[backend]") :]
    shown = {line.lstrip("#").split(" = ")[0] for line in table.splitlines() if " = " in line}
    assert shown == set(BackendSettings.model_fields)
