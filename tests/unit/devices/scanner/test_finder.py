from pathlib import Path

from devices.scanner.finder import found, links


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
