import warnings

import pytest

from devices.settings.address import File, Tcp
from devices.settings.load import validate_document
from devices.settings.printer import PROFILES, PrinterTables
from devices.settings.problems import ConfigError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from escpos.capabilities import CAPABILITIES


def test_the_defaults_reach_the_simulator() -> None:
    printer = validate_document({}, PrinterTables).printer
    assert (printer.to, printer.profile, printer.width) == (Tcp("127.0.0.1", 9100), "TM-T88V", "80mm")


def test_every_model_known_to_python_escpos_may_be_named() -> None:
    assert set(CAPABILITIES["profiles"]) <= set(PROFILES)
    for profile in PROFILES:
        tables = validate_document({"printer": {"profile": profile, "to": "file:out"}}, PrinterTables)
        assert tables.printer.profile == profile
        assert str(tables.printer.to) == str(File(tables.printer.to.path))  # type: ignore[union-attr] # a file


def test_a_wrong_printer_is_named_with_what_is_right() -> None:
    with pytest.raises(ConfigError) as error:
        validate_document({"printer": {"to": "usb", "profile": "TM-T99", "width": 80}}, PrinterTables)
    found = {problem.path: problem for problem in error.value.problems}
    assert found["printer.to"].expected.startswith("one of tcp:HOST:PORT, serial:PATH")
    assert found["printer.profile"].suggestion == "TM-T88V"
    assert found["printer.width"].expected == "one of 58mm, 80mm"
    assert len(found) == 3
