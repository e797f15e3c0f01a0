from PIL import Image

from devices.printer.simulator.images import columns, graphics, raster


def dots(ink: Image.Image | None) -> list[str]:
    assert ink is not None
    return [
        "".join("#" if ink.getpixel((x, y)) else "." for x in range(ink.width)) for y in range(ink.height)
    ]


def test_raster_rows_from_the_top_left() -> None:
    assert dots(raster(1, 2, b"\xc0\x01")) == ["##......", ".......#"]
    assert dots(raster(1, 1, b"\x80", 2, 2)) == ["##..............", "##.............."]
    assert raster(0, 5, b"") is None
    assert raster(1, 0, b"") is None


def test_columns_from_the_top() -> None:
    found = dots(columns(33, 2, 3, b"\x80\x00\x00\x00\x00\x01"))
    assert len(found) == 24
    assert found[0] == "#."
    assert found[23] == ".#"


def test_eight_dot_columns_are_three_times_as_high_and_single_density_twice_as_wide() -> None:
    found = dots(columns(0, 1, 1, b"\x80"))
    assert len(found) == 24
    assert found[:4] == ["##", "##", "##", ".."]
    assert len(dots(columns(1, 1, 1, b"\x80"))[0]) == 1
    assert columns(33, 0, 3, b"") is None


def test_graphics_store_then_print() -> None:
    stored = graphics(b"0p0\x01\x011\x08\x00\x02\x00\xff\x81")
    assert dots(stored.ink) == ["########", "#......#"]
    assert not stored.prints
    assert graphics(b"02").prints
    assert dots(graphics(b"0p0\x02\x011\x08\x00\x01\x00\x80").ink) == ["##" + "." * 14]


def test_short_or_other_graphics_do_nothing() -> None:
    for payload in (b"", b"0", b"00", b"0p0\x01\x01", b"0p0\x01\x011\x08\x00\x02\x00\xff"):
        found = graphics(payload)
        assert found.ink is None
        assert not found.prints
