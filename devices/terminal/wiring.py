"""Puts a terminal together from its settings: address to transport and wire, times to timers."""

from functools import partial

from devices.settings import ChannelSettings, Serial, Tcp
from devices.settings.address import Address
from devices.terminal.runner import Way
from devices.terminal.steps import Profile, Timers
from devices.terminal.transport import Transport, open_serial, open_tcp
from devices.terminal.zvt.commands import Password
from devices.terminal.zvt.wire import SerialWire, TcpWire


def way_to(address: Address) -> Way:
    """Return how to reach `address`.

    Raises:
        ValueError: it is neither a TCP nor a serial address.
    """
    match address:
        case Tcp(host, port):
            return Way(partial(open_tcp, host, port), TcpWire, str(address))
        case Serial(path, baud):

            async def dial(_timeout: float) -> Transport:
                return await open_serial(path, baud)

            return Way(dial, SerialWire, str(address))
        case _:
            raise ValueError(f"a terminal is reached by TCP or a serial line, got {address}")


def profile_of(settings: ChannelSettings) -> Profile:
    """Return how to talk to the terminal of these settings."""
    return Profile(timers_of(settings), Password(settings.password), settings.currency)


def timers_of(settings: ChannelSettings) -> Timers:
    """Return the four times in seconds."""
    return Timers(settings.t1_ms / 1000, settings.t2_ms / 1000, settings.t3_ms / 1000, settings.t4_ms / 1000)
