"""What the page shows, made of what the simulators and daemons say; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

View = dict[str, Any]
Line = dict[str, Any]
STATIONS = ("scanner", "terminal", "printer")
_DISPLAYS = {
    "idle": "Ready",
    "present_card": "Tap, insert or swipe",
    "insert_card": "Insert your card",
    "enter_pin": "Enter your PIN",
    "processing": "One moment please",
    "remove_card": "Take your card",
    "declined": "Declined",
    "dark": "",
}
_OUTCOMES = {
    "approved": "Approved",
    "stored": "Paid",
    "declined": "Declined",
    "cancelled": "Cancelled",
    "reversed": "Taken back",
}


class Board:
    """The state of the page. Feed it events; ``view`` is what the page gets, as JSON types."""

    def __init__(self) -> None:
        self._away: dict[str, str] = dict.fromkeys(STATIONS, "")
        self._scanner: View = {"last": "", "heard": True, "plugged": True}
        self._terminal: View = _terminal_at_rest()
        self._printer: View = {"image": "", "printing": False, "drawer": "closed"}
        self._daemons: list[Line] = []
        self._notice = ""

    def away(self, station: str, sentence: str) -> None:
        """A simulator cannot be reached; ``sentence`` says why."""
        self._away[station] = sentence

    def hear(self, station: str, event: Mapping[str, Any]) -> None:
        """A simulator said something."""
        self._away[station] = ""
        sentence = event.get("sentence") if event.get("event") == "error" else event.get("error")
        if isinstance(sentence, str):
            self._notice = f"The simulated {station} says: {sentence}"
        match station:
            case "scanner":
                self._hear_scanner(event)
            case "terminal":
                self._hear_terminal(event)
            case _:
                self._hear_printer(event)

    def daemons(self, lines: list[Line]) -> None:
        """What each daemon says of itself: ``name``, ``level`` (ok, warn, off) and ``text``."""
        self._daemons = lines

    def view(self) -> View:
        """Everything the page shows."""
        return {
            "scanner": {**self._scanner, "away": self._away["scanner"], "line": self._scanner_line()},
            "terminal": {**self._terminal, "away": self._away["terminal"], "line": self._terminal_line()},
            "printer": {**self._printer, "away": self._away["printer"], "line": self._printer_line()},
            "daemons": self._daemons,
            "notice": self._notice,
        }

    def _hear_scanner(self, event: Mapping[str, Any]) -> None:
        match event.get("event"):
            case "scan":
                self._scanner["last"] = str(event.get("typed", ""))
                self._scanner["heard"] = bool(event.get("heard"))
                self._notice = ""
            case "plug" | "unplug" as what:
                self._scanner["plugged"] = what == "plug"
            case _:
                pass

    def _hear_terminal(self, event: Mapping[str, Any]) -> None:
        terminal = self._terminal
        if "display" in event:
            self._show(str(event["display"]), str(event.get("text", "")))
        if "payment" in event:
            terminal["outcome"] = _OUTCOMES.get(str(event["payment"]), "")
            terminal["amount"] = str(event.get("amount", terminal["amount"]))
        if "powered" in event:
            terminal["power"] = "on" if event["powered"] else "off"
            terminal["cable"] = "plugged" if event.get("plugged", True) else "pulled"
        for key in ("power", "cable"):
            if key in event:
                terminal[key] = str(event[key])

    def _show(self, name: str, text: str) -> None:
        self._terminal["display"] = name
        self._terminal["title"] = _DISPLAYS.get(name, text or name)

    def _hear_printer(self, event: Mapping[str, Any]) -> None:
        printer = self._printer
        match event.get("event"):
            case "state":
                printer.update({key: value for key, value in event.items() if key != "event"})
                if not printer["image"] and event.get("receipts"):
                    printer["image"] = f"{event['receipts']:04}.png"
            case "strip":
                # The name stays, the picture grows: the line count makes each its own address.
                printer.update(image=f"{event['png']}?{event.get('lines', 0)}", printing=True)
            case "receipt":
                printer.update(image=str(event["png"]), printing=False)
            case "cut_through" | "unknown_command":
                self._notice = f"The simulated printer says: {event.get('sentence', '')}"
            case _:
                pass

    def _scanner_line(self) -> str:
        if not self._scanner["plugged"]:
            return "The scanner is unplugged"
        if not self._scanner["heard"]:
            return "Nothing of the lane listens to the scanner"
        return f"Scanned {self._scanner['last']}" if self._scanner["last"] else "Click a product to scan it"

    def _terminal_line(self) -> str:
        terminal = self._terminal
        if terminal["power"] == "off":
            return "off"
        if terminal["cable"] == "pulled":
            return "cable pulled"
        return str(terminal["outcome"] or ("armed" if terminal["display"] != "idle" else "idle")).lower()

    def _printer_line(self) -> str:
        printer = self._printer
        if printer.get("power") == "off":
            return "off"
        if printer.get("cover") == "open":
            return "cover open, the rest waits"
        if printer.get("paper") == "end":
            return "out of paper, the rest waits"
        if printer.get("cutter_jam"):
            return "the cutter is stuck"
        state = "printing" if printer["printing"] else "ready"
        return f"{state}, paper near its end" if printer.get("paper") == "near_end" else state


def _terminal_at_rest() -> View:
    return {
        "display": "idle",
        "title": "Ready",
        "amount": "",
        "outcome": "",
        "power": "on",
        "cable": "plugged",
    }
