import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.sync.enrolment import FILE_NAME, Enrolment, EnrolmentError, read, write
from kiosk.sync.wire import EnrolReply

HERE = Enrolment("https://backend:8443", "PEM", "device", 1, "shop", "lane-1")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    write(tmp_path, HERE)
    assert read(tmp_path) == HERE
    write(tmp_path, replace(HERE, epoch=2))
    assert read(tmp_path) == replace(HERE, epoch=2)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) & 0o137 == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"url": 5}), "\x00"])
def test_a_spoilt_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(EnrolmentError, match="enrol the lane again"):
        read(tmp_path)


def test_who_is_who() -> None:
    assert HERE.identity == "device/1"
    assert HERE.backend == replace(HERE, url="https://moved:1", epoch=5).backend
    assert HERE.backend != replace(HERE, ca="OTHER").backend
    assert HERE.backend != replace(HERE, store_id="other").backend
    plain = replace(HERE, ca="")
    assert plain.backend != replace(plain, url="http://127.0.0.1:9").backend


def test_a_new_epoch_keeps_the_way_to_the_backend() -> None:
    assert HERE.with_reply(EnrolReply("device", 2, "shop", "lane-1", 0)) == replace(HERE, epoch=2)
