from typing import Any

import pytest

from devices.desk.board import Board


def view(*heard: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    board = Board()
    for station, event in heard:
        board.hear(station, event)
    return board.view()


def test_at_rest() -> None:
    found = view()
    assert found["scanner"]["line"] == "Click a product to scan it"
    assert found["terminal"]["title"] == "Ready"
    assert (found["terminal"]["line"], found["printer"]["line"], found["notice"]) == ("idle", "ready", "")


@pytest.mark.parametrize(
    ("events", "line"),
    [
        ([{"event": "scan", "typed": "4006381333931", "heard": True}], "Scanned 4006381333931"),
        ([{"event": "scan", "typed": "", "heard": False}], "Nothing of the lane listens to the scanner"),
        ([{"event": "unplug"}], "The scanner is unplugged"),
        ([{"event": "unplug"}, {"event": "plug"}], "Click a product to scan it"),
        ([{"event": "state", "heard": False}], "Click a product to scan it"),
    ],
)
def test_the_scanner_says_what_happened(events: list[dict[str, Any]], line: str) -> None:
    assert view(*(("scanner", event) for event in events))["scanner"]["line"] == line


def test_a_payment_on_the_terminal() -> None:
    board = Board()
    steps: list[tuple[dict[str, Any], str, str, str]] = [
        ({"display": "idle", "powered": True, "plugged": True}, "Ready", "", "idle"),
        ({"payment": "started", "amount": "20.69"}, "Ready", "20.69", "idle"),
        (
            {"display": "present_card", "text": "Please present card"},
            "Tap, insert or swipe",
            "20.69",
            "armed",
        ),
        ({"display": "quux", "text": "Something else"}, "Something else", "20.69", "armed"),
        ({"payment": "stored", "amount": "20.69"}, "Something else", "20.69", "paid"),
        ({"display": "idle"}, "Ready", "20.69", "paid"),
        ({"cable": "pulled"}, "Ready", "20.69", "cable pulled"),
        ({"cable": "plugged"}, "Ready", "20.69", "paid"),
        ({"power": "off"}, "Ready", "20.69", "off"),
        ({"display": "idle", "powered": False, "plugged": False}, "Ready", "20.69", "off"),
        ({"accepted": "card"}, "Ready", "20.69", "off"),
    ]
    terminal: dict[str, Any] = {}
    for event, title, amount, line in steps:
        board.hear("terminal", event)
        terminal = board.view()["terminal"]
        assert (terminal["title"], terminal["amount"], terminal["line"]) == (title, amount, line), event
    assert terminal["cable"] == "pulled"


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ({"paper": "end"}, "out of paper, the rest waits"),
        ({"paper": "near_end"}, "ready, paper near its end"),
        ({"cover": "open"}, "cover open, the rest waits"),
        ({"cutter_jam": True}, "the cutter is stuck"),
        ({"power": "off", "cover": "open"}, "off"),
        ({"paper": "ok"}, "ready"),
    ],
)
def test_the_printer_says_how_it_is(state: dict[str, Any], line: str) -> None:
    assert view(("printer", {"event": "state", **state}))["printer"]["line"] == line


def test_the_paper_grows_then_is_cut() -> None:
    board = Board()
    board.hear("printer", {"event": "state", "receipts": 0})
    assert board.view()["printer"]["image"] == ""
    board.hear("printer", {"event": "state", "receipts": 3})
    assert board.view()["printer"]["image"] == "0003.png"
    board.hear("printer", {"event": "strip", "png": "strip.png", "lines": 7})
    printer = board.view()["printer"]
    assert (printer["image"], printer["line"]) == ("strip.png?7", "printing")
    board.hear("printer", {"event": "receipt", "png": "0004.png"})
    printer = board.view()["printer"]
    assert (printer["image"], printer["line"]) == ("0004.png", "ready")
    board.hear("printer", {"event": "drawer", "drawer": 1})
    assert board.view()["notice"] == ""


@pytest.mark.parametrize(
    ("station", "event", "notice"),
    [
        ("scanner", {"event": "error", "sentence": "No."}, "The simulated scanner says: No."),
        ("terminal", {"error": "No."}, "The simulated terminal says: No."),
        ("printer", {"event": "cut_through", "sentence": "Cut."}, "The simulated printer says: Cut."),
        ("printer", {"event": "unknown_command", "sentence": "What?"}, "The simulated printer says: What?"),
    ],
)
def test_complaints_are_shown_and_the_next_scan_ends_them(
    station: str, event: dict[str, Any], notice: str
) -> None:
    assert view((station, event))["notice"] == notice
    scan = ("scanner", {"event": "scan", "typed": "1", "heard": True})
    assert view((station, event), scan)["notice"] == ""


def test_a_simulator_that_is_away_says_so_until_it_speaks_again() -> None:
    board = Board()
    board.away("printer", "The simulated printer is away.")
    assert board.view()["printer"]["away"] == "The simulated printer is away."
    board.hear("printer", {"event": "state"})
    assert board.view()["printer"]["away"] == ""


def test_daemons_are_shown_as_they_are() -> None:
    board = Board()
    board.daemons([{"name": "sync", "level": "ok", "text": "well"}])
    assert board.view()["daemons"] == [{"name": "sync", "level": "ok", "text": "well"}]
