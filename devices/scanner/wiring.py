"""Makes readers of settings: which protocol sits on which port."""

from devices.scanner.decoder import Decoder, WedgeSettings
from devices.scanner.framer import GS
from devices.scanner.reader import Reader
from devices.scanner.reads import FrameSettings
from devices.scanner.serial_frame import SerialFrame
from devices.scanner.transport import EvdevPort, Port, SerialPort
from devices.settings import ReaderSettings


def reader(settings: ReaderSettings) -> Reader:
    """The reader that settings describe; opening it opens the device."""

    def open_port() -> Port:
        if settings.transport == "serial":
            return SerialPort(settings.device, settings.baud, SerialFrame(frame_of(settings)))
        return EvdevPort(settings.device, Decoder(wedge_of(settings)))

    return Reader(settings.label, settings.device, settings.transport, open_port)


def frame_of(settings: ReaderSettings) -> FrameSettings:
    """How the reader ends a read."""
    return FrameSettings(settings.suffix, settings.gap_ms, settings.max_length)


def wedge_of(settings: ReaderSettings) -> WedgeSettings:
    """How the reader types."""
    keys = {} if settings.gs_key is None else {settings.gs_key: GS}
    return WedgeSettings(settings.layout, frame_of(settings), keys)
