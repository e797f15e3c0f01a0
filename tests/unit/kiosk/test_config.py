import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from devices.settings.load import as_json, load, read_file, validate_document
from kiosk.config import EveryTable, LaneTables, SyncTables, check, check_command

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def rows(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = check(written(tmp_path, text)).row()["errors"]
    return found


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def fields_missing(
    model: type[BaseModel], table: dict[str, Any] | list[dict[str, Any]], path: str
) -> Iterator[str]:
    """Fields of a model, and of the models below it, that a document does not show."""
    tables = table if isinstance(table, list) else [table]
    for name, field in model.model_fields.items():
        values = [each[name] for each in tables if name in each]
        if not values:
            yield f"{path}.{name}"
        # a second channel is the first's copy: its settings are explained there
        for inner in models_in(field.annotation) if values and name != "qr" else ():
            yield from fields_missing(inner, values[0], f"{path}.{name}")


def uncommented() -> str:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return "\n".join(
        line[1:] if line.startswith("#") and line[1:2] not in {"", " "} else line for line in lines
    )


def test_the_example_is_valid_and_shows_the_defaults() -> None:
    assert check(EXAMPLE).row() == {"ok": True, "errors": []}
    document = {name: table for name, table in read_file(EXAMPLE).items() if name != "backend"}
    assert validate_document(document, EveryTable) == validate_document({}, EveryTable)


def test_the_example_shows_every_setting_and_each_line_switched_on_is_valid(tmp_path: Path) -> None:
    everything = written(tmp_path, uncommented())
    assert check(everything).row() == {"ok": True, "errors": []}
    assert list(fields_missing(EveryTable, read_file(everything), "")) == []


def test_a_field_missing_in_the_example_would_be_found() -> None:
    document = read_file(EXAMPLE)
    del document["lane"]["shop"]
    missing = list(fields_missing(EveryTable, document, ""))
    assert ".lane.shop" in missing
    assert ".lane.vat_id" in missing


def test_an_empty_file_is_a_lane(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert check(path).ok
    assert load(path, LaneTables).lane.languages == ("en", "de")
    assert load(path, SyncTables).sync.backend is None


def test_every_error_of_every_table_comes_at_once(tmp_path: Path) -> None:
    text = """
    [lane]
    number = "1"
    language = "fr"
    countdown_s = 5
    adress = ["1 High St"]
    [brand]
    accent = "green"
    [sync]
    backend = "backend:8443"
    [printer]
    profile = "TM-T99"
    [terminal.card]
    password = "12"
    [[scanner.readers]]
    device = "/dev/x"
    layout = "dee"
    [soudn]
    volume = 1
    """
    found = {row["path"]: row for row in rows(tmp_path, text)}
    assert found["lane.number"] == {
        "path": "lane.number",
        "got": "1",
        "expected": "a whole number",
        "suggestion": None,
    }
    assert found["lane.language"]["expected"] == "one of lane.languages: en, de"
    assert found["lane.countdown_s"]["got"] == 5
    assert found["lane.adress"]["suggestion"] == "address"
    assert found["brand.accent"]["expected"] == "a colour such as #1A7F5A"
    assert found["sync.backend"]["got"] == "backend:8443"
    assert found["printer.profile"]["suggestion"] == "TM-T88V"
    assert found["terminal.card.password"]["got"] == "(not shown)"
    assert found["scanner.readers[0].layout"]["suggestion"] == "de"
    assert found["soudn"]["suggestion"] == "sound"
    assert len(found) == 10


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[lane]\nlanguages = ["en", "en"]', "lane.languages"),
        ("[lane]\nlanguages = []", "lane.languages"),
        ('[lane]\nlanguages = ["English"]', "lane.languages[0]"),
        ('[payment]\nmethods = ["card", "card"]', "payment.methods"),
        ('[payment]\nmethods = ["cash"]', "payment.methods[0]"),
        ('[payment]\nmethods = ["card", "qr"]', "terminal.qr"),
        ('[lane]\ncurrency = "CHF"', "terminal.card.currency"),
        ('[lane]\nworkstation = "lane 1"', "lane.workstation"),
        ("lane = 3", "lane"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(tmp_path: Path, text: str, path: str) -> None:
    assert [row["path"] for row in rows(tmp_path, text)] == [path]


def test_languages_may_name_script_and_region(tmp_path: Path) -> None:
    text = '[lane]\nlanguages = ["zh-Hans", "pt-BR", "ar"]\nlanguage = "ar"\n'
    assert load(written(tmp_path, text), LaneTables).lane.languages == ("zh-Hans", "pt-BR", "ar")


def test_a_second_channel_makes_qr_payable(tmp_path: Path) -> None:
    text = '[payment]\nmethods = ["qr", "card"]\n[terminal.qr]\nto = "serial:/dev/ttyS0,9600"\n'
    assert check(written(tmp_path, text)).ok


def test_a_program_passes_over_the_tables_of_others(tmp_path: Path) -> None:
    path = written(tmp_path, "[printer]\nprofile = 3\n[future]\nx = 1\n[lane]\nnumber = 7\n")
    assert load(path, LaneTables).lane.number == 7
    assert not check(path).ok


def test_check_config_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path, '[lane]\nshop = "Bäckerei"\n')
    assert check_command([str(good)]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "errors": []}
    assert check_command([str(tmp_path / "absent.toml")]) == 2
    (row,) = json.loads(capsys.readouterr().out)["errors"]
    assert row["expected"] == "a file that can be read: No such file or directory"
    assert check_command([]) == 2
    assert capsys.readouterr().err == "got 0 arguments, expected one: kiosk check-config FILE\n"


def test_a_number_json_cannot_say_is_still_answered_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_command([str(written(tmp_path, "[sound]\nvolume = nan\n"))]) == 2
    out = capsys.readouterr().out
    assert json.loads(out, parse_constant=pytest.fail)["errors"][0]["got"] == "nan"
    assert as_json({"volume": 1}) == '{"volume": 1}'
