from pathlib import Path
from types import SimpleNamespace

from devices.scanner.finder import found, keyboards, links, serial_ports


def test_a_lasting_link_is_preferred_to_a_number_and_ours_to_all(tmp_path: Path) -> None:
    for folder in ("dev/input/by-id", "dev/kiosk"):
        (tmp_path / folder).mkdir(parents=True)
    node = tmp_path / "dev/input/event5"
    node.touch()
    (tmp_path / "dev/input/by-id/usb-Wedge-event-kbd").symlink_to(node)
    assert links(tmp_path) == {str(node): str(tmp_path / "dev/input/by-id/usb-Wedge-event-kbd")}
    (tmp_path / "dev/kiosk/scanner0").symlink_to(node)
    assert links(tmp_path) == {str(node): str(tmp_path / "dev/kiosk/scanner0")}


def test_a_machine_without_keyboards_lists_serial_ports_only(tmp_path: Path) -> None:
    (tmp_path / "dev/input").mkdir(parents=True)
    (tmp_path / "dev/input/event0").touch()
    assert {device["transport"] for device in found(tmp_path)} <= {"serial"}


class Node:
    """What evdev's InputDevice tells of a node."""

    def __init__(self, keys: list[int]) -> None:
        self.name = "Wedge 3000"
        self.info = SimpleNamespace(vendor=0x05F3, product=7)
        self.keys = keys
        self.closed = False

    def capabilities(self) -> dict[int, list[int]]:
        return {1: self.keys} if self.keys else {}

    def close(self) -> None:
        self.closed = True


def test_only_what_can_type_a_bar_code_is_listed() -> None:
    nodes = {"/e2": Node([1, 2, 3, 28]), "/e1": Node([0x110]), "/e3": Node([])}

    def opened(path: str) -> Node:
        if path not in nodes:
            raise PermissionError
        return nodes[path]

    listed = list(keyboards([*nodes, "/secret"], {"/e2": "/by-id/wedge"}, opened))
    assert listed == [
        {
            "device": "/by-id/wedge",
            "node": "/e2",
            "transport": "evdev",
            "name": "Wedge 3000",
            "vendor": "05f3",
            "product": "0007",
        }
    ]
    assert all(node.closed for node in nodes.values())


def test_a_serial_port_without_usb_ids_is_listed_too() -> None:
    port = SimpleNamespace(device="/dev/ttyS0", description="n/a", vid=None, pid=None)
    (listed,) = serial_ports([port], {})
    assert (listed["device"], listed["transport"], listed["vendor"]) == ("/dev/ttyS0", "serial", None)
