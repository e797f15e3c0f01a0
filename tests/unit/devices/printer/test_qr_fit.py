import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.qr_fit import Fit, fit, modules
from devices.printer.qr_table import LEVEL_L, LEVEL_M


@pytest.mark.parametrize(
    ("size", "level", "side"),
    [(14, "M", 21), (15, "M", 25), (17, "L", 21), (2331, "M", 177), (2332, "M", None), (2953, "L", 177)],
)
def test_the_smallest_version_that_holds_the_data(size: int, level: str, side: int | None) -> None:
    assert modules(size, level) == side  # type: ignore[arg-type]  # a column of the table


@given(st.integers(1, 300), st.sampled_from(["L", "M"]))
def test_sides_are_those_of_another_encoder(size: int, level: str) -> None:
    correction = qrcode.ERROR_CORRECT_M if level == "M" else qrcode.ERROR_CORRECT_L
    code = qrcode.QRCode(error_correction=correction, border=0)
    code.add_data(b"\xff" * size, optimize=0)
    assert modules(size, level) == len(code.get_matrix())  # type: ignore[arg-type]  # drawn from the two levels


@pytest.mark.parametrize(
    ("size", "wished", "dots", "expected"),
    [
        (20, 6, 512, Fit(6, "M")),
        (500, 6, 512, Fit(6, "L")),
        (480, 6, 600, Fit(6, "M")),
        (560, 6, 512, Fit(5, "M")),
        (1000, 6, 512, Fit(4, "L")),
        (1200, 2, 512, Fit(2, "M")),
        (2900, 6, 512, None),
        (3000, 1, 5000, None),
    ],
)
def test_modules_shrink_only_as_far_as_they_must(
    size: int, wished: int, dots: int, expected: Fit | None
) -> None:
    assert fit(size, wished, dots) == expected


def test_the_tables_grow() -> None:
    assert len(LEVEL_L) == len(LEVEL_M) == 40
    assert list(LEVEL_L) == sorted(LEVEL_L)
    assert all(low > middle for low, middle in zip(LEVEL_L, LEVEL_M, strict=True))
