from hypothesis import given
from hypothesis import strategies as st

from devices.printer.bitmap import Bitmap, disarm, raster


def test_a_small_picture_is_one_command() -> None:
    assert raster(Bitmap(12, (b"\xff\xf0", b"\x00\x10"))) == (b"\x1dv0\x00\x02\x00\x02\x00\xff\xf0\x00\x10",)


def test_a_tall_picture_is_cut_into_pieces_with_all_its_rows() -> None:
    rows = tuple(bytes((row,)) for row in range(70))
    made = raster(Bitmap(8, rows))
    assert [len(piece) for piece in made] == [8 + 32, 8 + 32, 8 + 6]
    assert [piece[6] for piece in made] == [32, 32, 6]
    assert b"".join(piece[8:] for piece in made) == disarm(b"".join(rows))


@given(st.lists(st.sampled_from([0x04, 0x05, 0x10, 0x14, 0x18, 0x00])).map(bytes))
def test_no_real_time_command_is_left_and_no_other_dot_changed(data: bytes) -> None:
    safe = disarm(data)
    assert not any(pattern in safe for pattern in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert len(safe) == len(data)
    assert all(after in {before, before | 0x08} for before, after in zip(data, safe, strict=True))
    assert all(after == before for before, after in zip(data, safe, strict=True) if before != 0x10)
