import json

import pytest

from devices.desk import acts
from devices.desk.acts import STRANGE_CODES, ActError, order_for
from devices.printer.simulator.barcodes import check_digit
from devices.printer.simulator.script import parse_line

NONE: frozenset[str] = frozenset()


def test_a_code_is_scanned() -> None:
    order = order_for("scanner.scan", "4006381333931", NONE)
    assert (order.station, order.lines) == ("scanner", ({"scan": "4006381333931"},))
    assert order_for("scanner.scratched", "4006381333931", NONE).lines == ({"scan": "400638"},)
    assert order_for("scanner.scratched", "4", NONE).lines == ({"scan": "4"},)
    assert order_for("scanner.twice", "73513537", NONE).lines == (
        {"scan": "73513537"},
        {"scan": "73513537", "after_ms": 350},
    )


def test_an_unknown_code_is_not_on_the_shelf_and_valid() -> None:
    assert order_for("scanner.strange", None, NONE).lines == ({"scan": STRANGE_CODES[0]},)
    assert order_for("scanner.strange", None, frozenset(STRANGE_CODES[:1])).lines == (
        {"scan": STRANGE_CODES[1]},
    )
    assert order_for("scanner.strange", None, frozenset(STRANGE_CODES)).lines == ({"scan": STRANGE_CODES[0]},)
    assert all(code[-1] == check_digit(code[:-1]) for code in STRANGE_CODES)


def test_keys_of_the_terminal() -> None:
    assert order_for("terminal.approve", None, NONE).lines == ({"key": "approve"},)
    assert order_for("terminal.late", "x", NONE).station == "terminal"


def test_every_printer_act_is_a_line_the_printer_takes() -> None:
    found = [order for name, order in acts._FIXED.items() if name.startswith("printer.")]
    assert len(found) == 13
    for order in found:
        assert order.station == "printer"
        assert parse_line(json.dumps(dict(order.lines[0]))).do == order.lines[0]["do"]


@pytest.mark.parametrize(
    ("act", "code", "sentence"),
    [
        ("printer.explode", None, "no act 'printer.explode'"),
        (None, None, "no act None"),
        (["x"], None, "no act"),
        ("scanner.scan", None, "nothing to scan"),
        ("scanner.scan", "", "nothing to scan"),
        ("scanner.twice", "x" * 513, "nothing to scan"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(act: object, code: object, sentence: str) -> None:
    with pytest.raises(ActError, match=sentence):
        order_for(act, code, NONE)
