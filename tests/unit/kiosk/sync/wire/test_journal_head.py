import pytest

from kiosk.sync.wire.fields import WireError
from kiosk.sync.wire.journal_head import JournalHead

HEAD = JournalHead("lane-1", "a2V5", 128, "ab" * 32, "c2ln", 1_795_435_200_000_000)


def test_what_is_written_is_read() -> None:
    assert JournalHead.from_json(HEAD.to_json()) == HEAD


def test_unknown_fields_are_passed_over() -> None:
    assert JournalHead.from_json(HEAD.to_json()[:-1] + ',"x":1.5}') == HEAD


@pytest.mark.parametrize("body", ["", "[]", "{}", HEAD.to_json().replace("128", "-1")])
def test_what_is_no_head_is_refused(body: str) -> None:
    with pytest.raises(WireError):
        JournalHead.from_json(body)
