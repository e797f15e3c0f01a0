import json
from pathlib import Path

import pytest

from kiosk.bootstrap import journal
from kiosk.store import lane_key
from kiosk.store.database import Writer
from kiosk.store.journal import Journal
from kiosk.store.sql_table import SALES_SCHEMA

UNGUARDED = tuple(each for each in SALES_SCHEMA if not each.startswith("CREATE TRIGGER"))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    key = lane_key.load_or_create(tmp_path)
    writer = Writer(tmp_path / "sales.db", UNGUARDED)
    book = Journal([], key)
    with writer.transaction() as connection:
        for n in range(3):
            book.append(connection, n, "line", {"n": n})
        head = book.sign(connection)
    anchor = {"lane": "lane-4", "public_key": lane_key.public_key_base64(key), "count": 3, "head": head.head}
    (tmp_path / "anchor.json").write_text(json.dumps(anchor), encoding="utf-8")
    writer.close()
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def spoilt(state: Path, sql: str) -> None:
    writer = Writer(state / "sales.db", ())
    with writer.transaction() as connection:
        connection.execute(sql)
    writer.close()


def test_a_whole_journal(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert journal.main(["verify", "--state", str(state)]) == 0
    assert told(capsys)["ok"] is True
    assert journal.main(["verify", "--anchor", str(state / "anchor.json"), str(state / "sales.db")]) == 0
    assert told(capsys)["entries"] == 3


def test_a_touched_journal(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(state, "UPDATE journal SET payload = '{}' WHERE seq = 2")
    assert journal.main(["verify", "--state", str(state)]) == 1
    assert told(capsys) == {"ok": False, "seq": 2, "reason": "hash"}


def test_a_cut_tail_shows_against_the_anchor(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(state, "DELETE FROM journal WHERE seq = 3")
    spoilt(state, "DELETE FROM journal_head")
    assert journal.main(["verify", "--state", str(state)]) == 0
    assert journal.main(["verify", "--state", str(state), "--anchor", str(state / "anchor.json")]) == 1
    assert told(capsys) == {"ok": False, "seq": 3, "reason": "tail"}


def test_export_gives_every_entry(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert journal.main(["export", "--state", str(state)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["seq"], line["payload"]) for line in lines] == [(1, {"n": 0}), (2, {"n": 1}), (3, {"n": 2})]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["verify", "none.db"], "expected a sales.db that can be read"),
        (["verify", "--config", "none.toml"], "none.toml"),
        (["verify", "--anchor", "none.json", "x.db"], "expected an anchor"),
    ],
)
def test_bad_input_gets_a_sentence(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(tmp_path / each) if "." in each else each for each in arguments]
    assert journal.main(given) == 2
    assert sentence in capsys.readouterr().err


def test_without_its_key_a_journal_proves_nothing(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "lane.key").unlink()
    assert journal.main(["verify", "--state", str(state)]) == 2
    assert "expected the lane's key" in capsys.readouterr().err
    (state / "anchor.json").write_text('{"public_key": "AAAA"}', encoding="utf-8")
    assert journal.main(["verify", "--state", str(state), "--anchor", str(state / "anchor.json")]) == 2
