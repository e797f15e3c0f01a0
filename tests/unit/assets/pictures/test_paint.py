"""Every picture of the table comes out whole, and no two the same."""

import hashlib

import pytest
from PIL import Image

from assets.pictures.bags import BAGS
from assets.pictures.bottles import BOTTLES
from assets.pictures.boxes import BOXES
from assets.pictures.canvas import SIDE
from assets.pictures.cups import CUPS
from assets.pictures.emoji import Emoji, find
from assets.pictures.fresh import FRESH
from assets.pictures.pack import Pack, Plain
from assets.pictures.paint import SHAPES, paint
from assets.pictures.pictures_table import PICTURES
from assets.pictures.produce import PRODUCE
from assets.pictures.sundries import SUNDRIES

FONT = find()
with_font = pytest.mark.skipif(FONT is None, reason="no colour emoji font is installed here")


def shape_names(made_of: Plain | Pack | None) -> set[str]:
    return {made_of.shape} | shape_names(made_of.emoji) if isinstance(made_of, Pack) else set()


def test_shapes_have_names_of_their_own() -> None:
    parts = (BAGS, BOTTLES, BOXES, CUPS, FRESH, PRODUCE, SUNDRIES)
    assert len(SHAPES) == sum(len(part) for part in parts)


def test_the_table_names_only_shapes_there_are() -> None:
    used = set().union(*(shape_names(made_of) for made_of in PICTURES.values()))
    assert used <= set(SHAPES)


def test_every_key_is_a_file_name() -> None:
    assert all(key.replace("-", "").isalpha() and key.islower() and key.isascii() for key in PICTURES)


@with_font
def test_every_picture_fills_its_square_and_no_two_are_the_same() -> None:
    emoji = Emoji(FONT)
    seen: dict[str, str] = {}
    for key, made_of in PICTURES.items():
        picture = paint(made_of, emoji, key[0])
        assert (picture.mode, picture.size) == ("RGBA", (SIDE, SIDE))
        left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
        assert max(right - left, bottom - top) > SIDE * 0.65, key
        digest = hashlib.sha256(picture.tobytes()).hexdigest()
        assert digest not in seen, (key, seen.get(digest))
        seen[digest] = key


@with_font
def test_kinds_of_milk_are_told_apart_at_a_glance() -> None:
    emoji = Emoji(FONT)
    kinds = ("milk", "milk-carton", "milk-carton-light", "uht-milk", "cream", "yoghurt-plain", "buttermilk")
    small = [paint(PICTURES[kind], emoji, "m").resize((24, 24), Image.Resampling.BOX) for kind in kinds]
    for number, first in enumerate(small):
        for second in small[number + 1 :]:
            pairs = zip(first.tobytes(), second.tobytes(), strict=True)
            assert sum(abs(a - b) for a, b in pairs) / (24 * 24 * 4) > 8


@with_font
def test_a_stem_may_keep_its_colour() -> None:
    emoji = Emoji(FONT)
    whole = paint(Plain("🫑", hue=0), emoji, "p")
    kept = paint(Plain("🫑", hue=0, keep=0.26), emoji, "p")
    before = paint(Plain("🫑"), emoji, "p")
    stem, body = (0, 0, SIDE, 50), (0, 80, SIDE, SIDE)
    assert kept.crop(body).tobytes() == whole.crop(body).tobytes()
    assert kept.crop(stem).tobytes() == before.crop(stem).tobytes()
    assert whole.crop(stem).tobytes() != before.crop(stem).tobytes()


def test_without_a_font_every_key_is_a_pack_with_its_letter() -> None:
    emoji = Emoji(None)
    apple, pear = (paint(Plain(character), emoji, letter) for character, letter in (("🍎", "a"), ("🍐", "p")))
    assert apple.tobytes() != pear.tobytes()
    assert apple.getchannel("A").tobytes() == pear.getchannel("A").tobytes()


def test_a_label_may_show_what_is_itself_drawn() -> None:
    emoji = Emoji(None)
    jam = Pack("jar", "#A81E48", "#FCEBF0", "#F4F6F7")
    assert (
        paint(jam, emoji, "j").tobytes()
        != paint(Pack("jar", "#A81E48", "#FCEBF0", "#F4F6F7", Pack("raspberry")), emoji, "j").tobytes()
    )
