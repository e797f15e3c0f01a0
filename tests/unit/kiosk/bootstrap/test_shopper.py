import json
import socket
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kiosk.bootstrap import shopper as shopper_module
from kiosk.bootstrap.shopper import Goods, Shopper, goods_of, pick
from kiosk.bootstrap.stand import Places, Stand, StandError
from kiosk.bootstrap.words import assets


def test_only_what_can_be_scanned_by_the_piece_at_a_price(tmp_path: Path) -> None:
    path = tmp_path / "shelf.csv"
    path.write_text(
        "gtin,name,price,deposit,min_age,category,unit\n"
        "1,Bread,3.49,,,bakery,piece\n2,Pears,2.99,,,fruit,kg\n3,Mystery,,,,other,piece\n,Loose,1.00,,,x,\n"
        "4,Soda,1.19,0.25,,drinks,\n5,Wine,5.99,,16,alcohol,piece\n",
        encoding="utf-8",
    )
    assert goods_of(path) == [
        Goods("1", "Bread", "3.49", "", 0, "bakery"),
        Goods("4", "Soda", "1.19", "0.25", 0, "drinks"),
        Goods("5", "Wine", "5.99", "", 16, "alcohol"),
    ]


def test_the_story_has_bread_a_bottle_and_something_more() -> None:
    bread, bottle, milk = pick(goods_of(assets("demo", "catalogue.csv")))
    assert (bread.category, milk.category) == ("bakery", "dairy")
    assert bottle.deposit
    assert not any(each.min_age for each in (bread, bottle, milk))


def test_any_shelf_with_a_bottle_will_do() -> None:
    plain, bottle = Goods("1", "A", "1", "", 0, ""), Goods("2", "B", "1", "0.25", 0, "")
    assert pick([plain, bottle]) == [plain, bottle, plain]


class Desk:
    """A stand's two sockets, answered by a script: what the screen says to each command, in turn."""

    def __init__(self, path: Path, answers: list[dict[str, Any]]) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answers = answers
        self.places = Places(path / "stand", path)
        self._servers = [
            self._serve(path / "rehearsal.sock"),
            self._serve(self.places.control("scanner")),
        ]

    def _serve(self, path: Path) -> socket.socket:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        server.listen()
        threading.Thread(target=self._answer, args=(server,), daemon=True).start()
        return server

    def _answer(self, server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rw") as lines:
            for line in lines:
                self.asked.append(json.loads(line))
                told = {"event": "scan"} if "scan" in self.asked[-1] else self._answers.pop(0)
                lines.write(json.dumps(told) + "\n")
                lines.flush()

    def close(self) -> None:
        for server in self._servers:
            server.close()


def shopper_at(path: Path, *answers: dict[str, Any]) -> tuple[Desk, Shopper]:
    desk = Desk(path, list(answers))
    stand = cast("Stand", SimpleNamespace(places=desk.places))
    return desk, Shopper(stand, path)


NO = {"ok": False, "error": "pay is not on this screen"}
YES = {"ok": True}


def test_a_finger_waits_until_the_target_is_there(tmp_path: Path) -> None:
    desk, made = shopper_at(tmp_path, NO, NO, YES)
    with closing(desk), made as shopper:
        shopper.scan("4006381333931")
        shopper.touch("pay")
    assert desk.asked == [{"scan": "4006381333931"}, *[{"touch": "pay"}] * 3]


def test_a_target_that_never_comes_is_told_with_the_screens_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shopper_module, "_PATIENCE_S", 0.0)
    desk, made = shopper_at(tmp_path, NO, NO)
    with closing(desk), made as shopper, pytest.raises(StandError, match="pay is not on this screen"):
        shopper.touch("pay")


def test_a_scene_is_waited_for_at_the_screen(tmp_path: Path) -> None:
    desk, made = shopper_at(tmp_path, YES, NO, {"ok": True, "view": {"screen": "paid"}})
    with closing(desk), made as shopper:
        shopper.see("basket", text="Milk")
        with pytest.raises(StandError, match="expected the scene paid"):
            shopper.see("paid")
        assert shopper.view() == {"screen": "paid"}
    assert desk.asked[0]["wait"] == {"screen": "basket", "text": "Milk"}


def test_a_picture_is_a_step_of_the_story(tmp_path: Path) -> None:
    desk, made = shopper_at(tmp_path, YES, NO)
    with closing(desk), made as shopper:
        shopper.snap("Scan: milk & honey", rest_s=0)
        with pytest.raises(StandError, match=r"02-paid\.png"):
            shopper.snap("Paid", rest_s=0)
        assert [(step.title, step.picture) for step in shopper.steps] == [
            ("Scan: milk & honey", "01-scan-milk-honey.png")
        ]
    assert desk.asked[0] == {"screenshot": str(tmp_path / "01-scan-milk-honey.png")}


def test_a_screen_nobody_serves_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        shopper_module, "await_that", lambda holds, what, *_: fail(what) if not holds() else None
    )
    stand = cast("Stand", SimpleNamespace(places=Places(tmp_path / "stand", tmp_path)))
    with pytest.raises(StandError, match="the screen"):
        Shopper(stand, tmp_path)


def fail(what: str) -> None:
    raise StandError(what)
