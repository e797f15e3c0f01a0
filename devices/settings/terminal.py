"""``[terminal.card]`` and ``[terminal.qr]``: one table a payment channel."""

from typing import Annotated, Literal

from pydantic import Field

from devices.settings.address import Tcp, TerminalAddress
from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.section import CurrencyCode, Milliseconds, Section, Tables, matching


class ChannelSettings(Section):
    """One payment channel. Timer names and their values are those of the ZVT specification (PA00P015).

    Attributes:
        to: where the terminal is; the default is the simulator's.
        password: six digits, the terminal's own.
        currency: the terminal must be set to it.
        profile: which vendor's deviations apply.
        unattended: no attendant stands by: the terminal may not ask for a signature.
        t1_ms: longest silence between two bytes of a frame (serial).
        t2_ms: longest wait for an acknowledgement.
        t3_ms: longest wait for the answer to a command.
        t4_ms: longest wait for the end of a payment, begun anew by each intermediate status.
    """

    to: TerminalAddress = Tcp("127.0.0.1", 20007)
    password: Annotated[str, matching("[0-9]{6}", "six digits")] = "000000"  # noqa: S105 - as terminals are shipped
    currency: CurrencyCode = "EUR"
    profile: Literal["standard"] = "standard"
    unattended: bool = True
    t1_ms: Milliseconds = 200
    t2_ms: Milliseconds = 5_000
    t3_ms: Milliseconds = 5_000
    t4_ms: Milliseconds = 180_000


class TerminalSettings(Section):
    """``[terminal]``: a channel that has no table is not there, except card, which has the defaults."""

    card: ChannelSettings = Field(default_factory=ChannelSettings)
    qr: ChannelSettings | None = None


class TerminalTables(Tables):
    """What ``kiosk-terminal`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    terminal: TerminalSettings = Field(default_factory=TerminalSettings)
