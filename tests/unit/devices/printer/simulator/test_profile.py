import pytest

from devices.printer.simulator.profile import PROFILES, UnknownProfileError, profile_named


def test_names_are_found_whatever_their_case() -> None:
    assert profile_named("tm-t88v").width_dots == 512
    assert profile_named("TM-m30III").width_dots == 576


def test_models_without_process_id_say_so() -> None:
    assert not profile_named("TM-T88III").process_id
    assert not profile_named("generic-80mm").process_id
    assert profile_named("TM-T88V").process_id


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownProfileError, match=r"no printer profile 'TM-T88W'.*Did you mean TM-T88V"):
        profile_named("TM-T88W")
    with pytest.raises(UnknownProfileError, match=r"expected one of"):
        profile_named("zzzzzz")


def test_every_code_page_has_a_codec() -> None:
    for profile in PROFILES.values():
        for codec in profile.code_pages.values():
            assert b"A".decode(codec) == "A"
