from devices.terminal.zvt import text
from devices.terminal.zvt.text import Charset


def test_the_default_character_set_is_cp437() -> None:
    # "fuer" with u umlaut as a published receipt has it: 66 81 72.
    assert text.decode(bytes.fromhex("668172")) == "für"
    assert text.decode(bytes.fromhex("48C44E"), Charset.ISO_8859_1) == "HÄN"
    assert text.decode("HÄN".encode(), Charset.UTF_8) == "HÄN"


def test_a_nul_ends_it_and_control_characters_go() -> None:
    assert text.decode(b"VISA\0rest") == "VISA"
    assert text.decode(b"a\rb\x1b[2Jc") == "ab[2Jc"


def test_bytes_that_are_no_character_do_not_stop_it() -> None:
    assert text.decode(b"a\xffb", Charset.UTF_8) == "a\N{REPLACEMENT CHARACTER}b"


def test_card_numbers_are_cut() -> None:
    assert text.decode(b"PAN 4111111111111111") == "PAN ****1111"
