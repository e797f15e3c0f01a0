"""``[printer]``: the receipt printer and the drawer behind it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from devices.settings.address import PrinterAddress, Tcp
from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.section import Section, Tables, one_of

PROFILES = (
    "AF-240", "CT-S651", "KR-306", "NT-5890K", "NT-80-V-UL", "OCD-100", "OCD-300", "P822D", "POS-5890",
    "RP-F10-58mm", "RP-F10-80mm", "RP326", "SP2000", "Sunmi-V2", "T-1", "TEP-200M", "TH230", "TH230Plus",
    "TM-L90", "TM-P80", "TM-P80-42col", "TM-T20II", "TM-T20II-42col", "TM-T20III", "TM-T88II", "TM-T88III",
    "TM-T88IV", "TM-T88IV-SA", "TM-T88V", "TM-T88VI", "TM-T88VII", "TM-U220", "TM-U220B", "TM-m30",
    "TM-m30II", "TM-m30III", "TSP600", "TUP500", "ZJ-5870", "default", "generic-80mm", "simple",
)  # fmt: skip
"""Printer models: those that python-escpos 3.1 describes, and those that devices.printer adds."""


class PrinterSettings(Section):
    """``[printer]``.

    Attributes:
        to: where it is; the default is the simulator's.
        profile: its model.
        width: of the paper, where a print document does not say.
        unknown: what follows a receipt of which nobody knows whether it was printed: ``copy`` prints it
            again, marked COPY; ``ask`` waits until a person asks for that.
    """

    to: PrinterAddress = Tcp("127.0.0.1", 9100)
    profile: Annotated[str, BeforeValidator(one_of(PROFILES))] = "TM-T88V"
    width: Literal["58mm", "80mm"] = "80mm"
    unknown: Literal["copy", "ask"] = "copy"


class PrinterTables(Tables):
    """What ``kiosk-printer`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    printer: PrinterSettings = Field(default_factory=PrinterSettings)
