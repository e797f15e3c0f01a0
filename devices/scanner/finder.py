"""Lists what could be a scanner on this machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evdev import InputDevice, list_devices
from serial.tools.list_ports import comports

from devices.scanner.decoder import EV_KEY

# Every bar code reader that types can type these (linux/input-event-codes.h): KEY_1 and KEY_ENTER.
NEEDED_KEYS: Final = frozenset({2, 28})
LINKS: Final = ("dev/kiosk", "dev/input/by-id", "dev/serial/by-id")


def found(root: Path = Path("/")) -> Iterator[dict[str, Any]]:
    """Each keyboard and serial port: its lasting link where it has one, node, name, transport, USB ids."""
    lasting = links(root)
    for path in sorted(list_devices(str(root / "dev/input"), writable=False)):
        yield from _keyboard(path, lasting)
    for port in sorted(comports(), key=lambda each: str(each.device)):
        yield {
            "device": lasting.get(port.device, port.device),
            "node": port.device,
            "transport": "serial",
            "name": port.description,
            "vendor": _hex(port.vid),
            "product": _hex(port.pid),
        }


def _keyboard(path: str, lasting: dict[str, str]) -> Iterator[dict[str, Any]]:
    try:
        device = InputDevice(path, readonly=True)
    except OSError:
        return
    try:
        if NEEDED_KEYS.issubset(device.capabilities().get(EV_KEY, [])):
            yield {
                "device": lasting.get(path, path),
                "node": path,
                "transport": "evdev",
                "name": device.name,
                "vendor": _hex(device.info.vendor),
                "product": _hex(device.info.product),
            }
    finally:
        device.close()


def links(root: Path) -> dict[str, str]:
    """Node to its lasting link (udev), ours before those by id."""
    folders = [root / folder for folder in LINKS]
    known = [link for folder in folders if folder.is_dir() for link in sorted(folder.iterdir())]
    return {str(link.resolve()): str(link) for link in reversed(known)}


def _hex(number: int | None) -> str | None:
    return None if number is None else f"{number:04x}"
