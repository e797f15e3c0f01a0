from typing import Any

import pytest

from devices.printer.codepage import CodePage
from devices.printer.profile import Profile, from_capabilities, own_profiles


def test_an_entry_with_everything() -> None:
    raw = {
        "fonts": {"0": {"columns": 48}},
        "media": {"width": {"pixels": 576}},
        "codePages": {"0": "CP437", "19": "CP858", "20": "CP858", "1": "CP932", "x": "CP850"},
        "features": {"paperPartCut": True, "qrCode": True, "barcodeB": True, "bitImageRaster": True},
    }
    made = from_capabilities("TM-T88V", raw)
    assert made == Profile("TM-T88V", 48, 576, (CodePage(19, "cp858"), CodePage(0, "cp437")), process_id=True)
    assert made.dots_per_column == 12


@pytest.mark.parametrize(
    ("features", "cut"),
    [({"paperFullCut": True}, "full"), ({"paperFullCut": False}, "none"), (None, "none")],
)
def test_an_entry_with_little(features: object, cut: Any) -> None:
    made = from_capabilities("Clone", {"features": features, "media": {"width": {"pixels": "Unknown"}}})
    assert made == Profile(
        "Clone",
        42,
        504,
        (),
        cut=cut,
        qr=False,
        barcode=False,
        raster=False,
        process_id=False,
    )


@pytest.mark.parametrize(
    ("dots", "columns", "paper", "expected"),
    [
        (512, 42, "80mm", (42, 512, False)),
        (512, 42, "58mm", (30, 360, True)),
        (576, 48, "58mm", (32, 384, True)),
        (384, 32, "58mm", (32, 384, False)),
    ],
)
def test_narrow_paper_in_a_wide_printer(dots: int, columns: int, paper: Any, expected: Any) -> None:
    made = Profile("x", columns, dots, ()).narrowed(paper)
    assert (made.columns, made.width_dots, made.narrow) == expected


def test_our_own_models_come_from_their_relatives() -> None:
    base = {
        "TM-T88V": Profile("TM-T88V", 42, 512, (CodePage(19, "cp858"),), process_id=True),
        "TM-T20II": Profile("TM-T20II", 48, 576, (CodePage(19, "cp858"),), process_id=True),
        "default": Profile("default", 42, 504, ()),
    }
    own = own_profiles(base)
    assert (own["TM-T88VI"].columns, own["TM-m30"].columns, own["TM-T20III"].width_dots) == (42, 48, 576)
    assert all(own[name].process_id for name in ("TM-T88VI", "TM-m30", "TM-T20III"))
    assert own["generic-80mm"] == Profile("generic-80mm", 48, 576, (), process_id=False)
