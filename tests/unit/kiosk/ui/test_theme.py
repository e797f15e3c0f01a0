from collections.abc import Iterator

import pytest

from kiosk.ui.palette_table import PALETTES, PICTURE_GROUNDS
from kiosk.ui.theme import PORTRAIT, ROLES, Theme, t, theme, u

# ink on ground, least contrast (WCAG 1.4.3, 1.4.6 and 1.4.11; the look's own aims)
PAIRS = [
    ("ink", "ground", 7),
    ("ink", "card", 7),
    ("ink", "tint", 7),
    ("ink", "soft", 7),
    ("ink", "warn_ground", 7),
    ("muted", "ground", 7),
    ("muted", "card", 7),
    ("muted", "tint", 7),
    ("accent_ink", "accent", 7),
    ("accent_ink", "accent_pressed", 7),
    ("tint_ink", "tint", 7),
    ("tint_ink", "ground", 7),
    ("warn_ink", "warn", 7),
    ("warn_text", "warn_ground", 7),
    ("warn_text", "ground", 7),
    ("danger", "card", 7),
    ("danger", "danger_ground", 6),
    ("attract_ink", "attract", 7),
    ("attract_lead", "attract", 7),
    ("bar_ink", "bar", 7),
    ("disabled_ink", "disabled", 4.5),
    ("edge", "ground", 3),
    ("edge", "card", 3),
    ("accent", "ground", 3),
    ("focus", "ground", 3),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    theme.use("light")
    theme.fit(*PORTRAIT)
    theme.text_scale = 1.0


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_words_and_edges_stand_out_in_every_theme(name: str, ink: str, ground: str, least: float) -> None:
    palette = PALETTES[name]
    assert contrast(palette[ink], palette[ground]) >= least


def test_letters_in_place_of_pictures_stand_out_on_every_tint() -> None:
    assert min(contrast("#131A17", ground) for ground in PICTURE_GROUNDS) >= 7


def test_every_palette_has_every_token_and_the_theme_knows_them() -> None:
    tokens = {name: set(palette) for name, palette in PALETTES.items()}
    assert tokens["light"] == tokens["dark"] == tokens["high_contrast"]
    assert all(token in Theme().properties() for token in tokens["light"])


def test_the_light_palette_is_the_themes_own_start() -> None:
    fresh = Theme()
    before = {token: tuple(getattr(fresh, token)) for token in PALETTES["light"]}
    fresh.use("light")
    assert {token: tuple(getattr(fresh, token)) for token in PALETTES["light"]} == before


def test_switching_reaches_every_token_and_widens_the_edges() -> None:
    theme.use("high_contrast")
    assert (theme.name, theme.edge_width) == ("high_contrast", 4)
    assert tuple(theme.ground) == (0, 0, 0, 1)
    theme.use("dark")
    assert theme.edge_width == 2
    with pytest.raises(KeyError):
        theme.use("pink")


@pytest.mark.parametrize(
    ("window", "scale", "landscape"),
    [
        ((1080, 1920), 1.0, False),
        ((720, 1280), 2 / 3, False),
        ((1920, 1080), 1080 / 1256, True),
        ((1080, 2400), 1.0, False),
    ],
)
def test_the_design_is_scaled_to_the_window(
    window: tuple[int, int], scale: float, *, landscape: bool
) -> None:
    theme.fit(*window)
    assert theme.scale == pytest.approx(scale)
    assert theme.landscape == landscape


def test_targets_do_not_grow_with_large_text_but_words_do() -> None:
    theme.fit(720, 1280)
    theme.text_scale = 1.25
    assert (u(96), t(36)) == (64, 30)


def test_no_word_is_smaller_than_the_floor_a_shopper_reads() -> None:
    assert min(role.px for role in ROLES.values()) >= 28
    assert ROLES["total"].px == max(role.px for role in ROLES.values())
