import pytest

from devices.scanner.keyboard import Keyboard, alt_character, composed
from devices.scanner.keymap import layout

A, B, C, LETTER_I, J, M, Y, RIGHTBRACE, BACKSLASH, ONE, SPACE = 30, 48, 46, 23, 36, 50, 21, 27, 43, 2, 57
LSHIFT, RSHIFT, LCTRL, RCTRL, LALT, RALT, CAPS = 42, 54, 29, 97, 56, 100, 58
ENTER, KPENTER, TAB, F8, META, ESC, NUMLOCK = 28, 96, 15, 66, 125, 1, 69
PAD = {"0": 82, "1": 79, "2": 80, "3": 81, "4": 75, "5": 76, "6": 77, "7": 71, "8": 72, "9": 73}


def keyboard(name: str = "us") -> Keyboard:
    return Keyboard(layout(name))


def tap(board: Keyboard, *codes: int) -> str:
    typed = ""
    for code in codes:
        pressed, released = board.press(code), board.release(code)
        assert pressed is not None
        assert released is not None
        typed += pressed + released
    return typed


def alt(board: Keyboard, digits: str, key: int = LALT) -> str | None:
    assert board.press(key) == ""
    tap(board, *(PAD[digit] for digit in digits))
    return board.release(key)


def test_each_shift_holds_on_its_own() -> None:
    board = keyboard()
    board.press(LSHIFT)
    board.press(RSHIFT)
    board.release(LSHIFT)
    assert tap(board, A, ONE) == "A!"
    board.release(RSHIFT)
    assert tap(board, A, ONE) == "a1"


def test_caps_lock_is_its_own_presses_until_it_is_taken_as_off() -> None:
    board = keyboard()
    assert tap(board, CAPS, A, ONE) == "A1"
    board.unlock()
    assert tap(board, A) == "a"


def test_reset_forgets_held_keys_and_caps_lock() -> None:
    board = keyboard()
    board.press(LSHIFT)
    board.press(CAPS)
    board.reset()
    assert tap(board, A) == "a"


@pytest.mark.parametrize(
    ("keys", "typed"),
    [((ENTER,), "\r"), ((KPENTER,), "\r"), ((TAB,), "\t"), ((NUMLOCK,), ""), ((PAD["7"], 83), "7.")],
)
def test_keys_that_mean_the_same_in_every_layout(keys: tuple[int, ...], typed: str) -> None:
    assert tap(keyboard("fr"), *keys) == typed


@pytest.mark.parametrize("ctrl", [LCTRL, RCTRL])
@pytest.mark.parametrize(
    ("code", "typed"),
    [
        (RIGHTBRACE, "\x1d"),
        (B, "\x02"),
        (C, "\x03"),
        (M, "\r"),
        (J, "\n"),
        (LETTER_I, "\t"),
        (BACKSLASH, "\x1c"),
    ],
)
def test_ctrl_types_control_characters(ctrl: int, code: int, typed: str) -> None:
    board = keyboard()
    board.press(ctrl)
    assert board.press(code) == typed


@pytest.mark.parametrize(
    ("name", "codes", "typed"),
    [
        ("de", (RIGHTBRACE,), "\x1d"),  # the US position, where German has a plus
        ("de", (RALT, 10), "\x1d"),  # where German has its bracket: AltGr+9
        ("de", (Y,), "\x1a"),  # a letter is the layout's
        ("fr", (39,), "\r"),
    ],
)
def test_ctrl_finds_the_key_by_layout_or_by_us_position(
    name: str, codes: tuple[int, ...], typed: str
) -> None:
    board = keyboard(name)
    board.press(LCTRL)
    assert [board.press(code) for code in codes][-1] == typed


@pytest.mark.parametrize("code", [ONE, SPACE, 12, F8])
def test_ctrl_with_any_other_key_may_not_be_typed(code: int) -> None:
    board = keyboard("de")
    board.press(LCTRL)
    assert board.press(code) is None


@pytest.mark.parametrize("code", [F8, META, ESC, 14, 103, 111, 0, 240, 0x110])
def test_a_key_that_types_nothing_may_not_be_typed(code: int) -> None:
    assert keyboard().press(code) is None


def test_a_model_may_use_a_function_key_for_gs() -> None:
    board = Keyboard(layout("us"), {F8: "\x1d"})
    assert tap(board, A, F8, A) == "a\x1da"


@pytest.mark.parametrize("key", [LALT, RALT])
def test_alt_and_a_number_type_on_its_release(key: int) -> None:
    board = keyboard()
    assert alt(board, "0029", key) == "\x1d"
    assert tap(board, A) == "a"


def test_both_alts_must_be_up_before_the_number_is_typed() -> None:
    board = keyboard()
    board.press(LALT)
    board.press(RALT)
    tap(board, PAD["6"], PAD["5"])
    assert board.release(LALT) == ""
    assert board.release(RALT) == "A"


def test_alt_alone_types_nothing() -> None:
    assert tap(keyboard(), LALT) == ""


@pytest.mark.parametrize("code", [A, ENTER, 62])
def test_alt_with_a_key_off_the_pad_is_a_shortcut(code: int) -> None:
    board = keyboard()
    board.press(LALT)
    assert board.press(code) is None


def test_alt_takes_five_digits_at_most() -> None:
    board = keyboard()
    board.press(LALT)
    tap(board, *[PAD["0"]] * 5)
    assert board.press(PAD["0"]) is None


def test_forget_drops_a_half_composed_character() -> None:
    board = keyboard()
    board.press(LALT)
    tap(board, PAD["6"])
    board.forget()
    assert board.release(LALT) == ""


@pytest.mark.parametrize(
    ("digits", "character"),
    [
        ("65", "A"),
        ("029", "\x1d"),
        ("29", "\x1d"),
        ("130", "é"),
        ("0233", "é"),
        ("0128", "€"),
        ("08364", "€"),
        ("0129", None),
        ("300", None),
        ("055296", None),
        ("0", "\0"),
    ],
)
def test_alt_numbers_are_read_as_windows_reads_them(digits: str, character: str | None) -> None:
    assert alt_character(digits) == character


def test_an_alt_number_without_a_character_may_not_be_typed() -> None:
    assert alt(keyboard(), "300") is None


def test_a_dead_key_waits_for_the_next_one() -> None:
    assert tap(keyboard("de"), 41, A) == "â"
    assert tap(keyboard("de"), 41, SPACE) == "^"
    assert tap(keyboard("de"), 41, 41) == "^"
    assert tap(keyboard("de"), 41, ONE) == "^1"
    assert tap(keyboard("de"), 41, ENTER) == "^\r"
    assert alt(_with_dead(), "65") == "^A"


def _with_dead() -> Keyboard:
    board = keyboard("de")
    assert tap(board, 41) == ""
    return board


def test_flush_gives_the_waiting_dead_character_once() -> None:
    board = _with_dead()
    assert (board.flush(), board.flush()) == ("^", "")


def test_composing_falls_back_to_both_characters() -> None:
    assert composed("\u00b4", "e") == "é"
    assert composed("~", "n") == "ñ"
    assert composed("^", "x") == "^x"
