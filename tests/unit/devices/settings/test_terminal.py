import pytest

from devices.settings.address import Serial, Tcp
from devices.settings.load import validate_document
from devices.settings.problems import ConfigError
from devices.settings.terminal import TerminalTables


def test_the_card_channel_has_defaults_and_there_is_no_other() -> None:
    terminal = validate_document({}, TerminalTables).terminal
    assert terminal.card.to == Tcp("127.0.0.1", 20007)
    # PA00P015, T1 to T4
    assert [terminal.card.t1_ms, terminal.card.t2_ms, terminal.card.t3_ms, terminal.card.t4_ms] == [
        200,
        5_000,
        5_000,
        180_000,
    ]
    assert terminal.qr is None


def test_each_channel_is_its_own() -> None:
    tables = validate_document(
        {"terminal": {"qr": {"to": "serial:/dev/ttyS1,9600", "currency": "CHF"}}}, TerminalTables
    )
    assert tables.terminal.card.currency == "EUR"
    assert tables.terminal.qr is not None
    assert (str(tables.terminal.qr.to), tables.terminal.qr.currency) == ("serial:/dev/ttyS1,9600", "CHF")
    assert isinstance(tables.terminal.qr.to, Serial)


def test_every_wrong_setting_is_named_and_no_password_shown() -> None:
    card = {
        "to": "file:x",
        "password": "12345",
        "currency": "euro",
        "profile": "std",
        "t1_ms": "0.2",
        "t5_ms": 1,
    }
    with pytest.raises(ConfigError) as error:
        validate_document({"terminal": {"card": card}}, TerminalTables)
    found = {problem.path.removeprefix("terminal.card."): problem for problem in error.value.problems}
    assert set(found) == set(card)
    assert "12345" not in str(error.value)
    assert found["to"].expected == "one of tcp:HOST:PORT, serial:PATH[,BAUD]"
