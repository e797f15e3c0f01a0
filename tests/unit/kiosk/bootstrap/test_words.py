from kiosk.bootstrap.words import assets, translations


def test_english_needs_no_file_and_an_unknown_language_speaks_it() -> None:
    assert translations("en").gettext("Total") == "Total"
    assert translations("xx").gettext("Total") == "Total"


def test_german_is_installed_and_read_once() -> None:
    assert translations("de").gettext("Total") != "Total"
    assert translations("de") is translations("de")


def test_assets_have_a_place() -> None:
    assert assets("sounds", "paid.wav").exists()
