"""Lists what could be a scanner on this machine."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from evdev import InputDevice, list_devices
from serial.tools.list_ports import comports

from devices.scanner.decoder import EV_KEY

# Every bar code reader that types can type these (linux/input-event-codes.h): KEY_1 and KEY_ENTER.
NEEDED_KEYS: Final = frozenset({2, 28})
LINKS: Final = ("dev/kiosk", "dev/input/by-id", "dev/serial/by-id")
Found = dict[str, Any]


def found(root: Path = Path("/")) -> Iterator[Found]:
    """Each keyboard and serial port: its lasting link where it has one, node, name, transport, USB ids."""
    lasting = links(root)
    yield from keyboards(list_devices(str(root / "dev/input"), writable=False), lasting)
    yield from serial_ports(comports(), lasting)


def keyboards(
    nodes: Iterable[str],
    lasting: dict[str, str],
    open_device: Callable[[str], Any] = lambda path: InputDevice(path, readonly=True),
) -> Iterator[Found]:
    """Those nodes that can type a bar code; one we may not open is passed over."""
    for node in sorted(nodes):
        try:
            device = open_device(node)
        except OSError:
            continue
        with closing(device):
            if NEEDED_KEYS.issubset(device.capabilities().get(EV_KEY, [])):
                ids = device.info.vendor, device.info.product
                yield _line(lasting, node, "evdev", device.name, ids)


def serial_ports(ports: Iterable[Any], lasting: dict[str, str]) -> Iterator[Found]:
    """The serial ports, as pyserial describes them."""
    for port in sorted(ports, key=lambda each: str(each.device)):
        yield _line(lasting, port.device, "serial", port.description, (port.vid, port.pid))


def links(root: Path) -> dict[str, str]:
    """Node to its lasting link (udev), ours before those by id."""
    folders = [root / folder for folder in LINKS]
    known = [link for folder in folders if folder.is_dir() for link in sorted(folder.iterdir())]
    return {str(link.resolve()): str(link) for link in reversed(known)}


def _line(
    lasting: dict[str, str], node: str, transport: str, name: str, ids: tuple[int | None, int | None]
) -> Found:
    vendor, product = (None if number is None else f"{number:04x}" for number in ids)
    device = lasting.get(node, node)
    return {
        "device": device,
        "node": node,
        "transport": transport,
        "name": name,
        "vendor": vendor,
        "product": product,
    }
