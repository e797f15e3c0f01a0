from typing import Literal

import pytest
from pydantic import ValidationError

from devices.settings.problems import ConfigError, Problem, nearest, path_of, problems_of, unknown_name
from devices.settings.section import Section


class Wheel(Section):
    size: int
    kind: Literal["steel", "wood"] = "steel"


class Cart(Section):
    wheels: tuple[Wheel, ...] = ()
    spare: Wheel | None = None
    pin: str = ""
    shopping: str = ""


def problems(text: str) -> dict[str, Problem]:
    with pytest.raises(ValidationError) as error:
        Cart.model_validate_json(text)
    return {problem.path: problem for problem in problems_of(Cart, error.value)}


def test_every_kind_of_error_has_place_value_and_what_was_expected() -> None:
    found = problems(
        """{"wheels": [{"size": "3"}, {"kind": "stel", "size": 1}, {"size": 1, "sise": 2}, 7, {}],
            "spare": {"size": 1, "knid": 1}, "weels": [], "pin": 1234, "shopping": 5}"""
    )
    assert found == {
        "wheels[0].size": Problem("wheels[0].size", "3", "a whole number"),
        "wheels[1].kind": Problem("wheels[1].kind", "stel", "one of steel, wood", "steel"),
        "wheels[2].sise": Problem("wheels[2].sise", "sise", "one of kind, size", "size"),
        "wheels[3]": Problem("wheels[3]", 7, "a table"),
        "wheels[4].size": Problem("wheels[4].size", None, "a value, it is missing"),
        "spare.knid": Problem("spare.knid", "knid", "one of kind, size", "kind"),
        "weels": Problem("weels", "weels", "one of pin, shopping, spare, wheels", "wheels"),
        "pin": Problem("pin", "(not shown)", "text in quotes"),
        "shopping": Problem("shopping", 5, "text in quotes"),
    }


def test_a_number_json_does_not_know_is_told_as_text() -> None:
    assert problems('{"wheels": [{"size": NaN}]}')["wheels[0].size"].got == "nan"


def test_a_problem_is_a_row_and_a_sentence() -> None:
    problem = Problem("printer.profile", "TM-T99", "a model", "TM-T88V")
    assert problem.row() == {
        "path": "printer.profile",
        "got": "TM-T99",
        "expected": "a model",
        "suggestion": "TM-T88V",
    }
    assert problem.sentence() == "printer.profile: got 'TM-T99', expected a model; did you mean TM-T88V?"
    error = ConfigError([problem, Problem("", "x.toml", "TOML")])
    assert str(error) == f"{problem.sentence()}\nthe file: got 'x.toml', expected TOML"


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("adress", ["address", "accent"], "address"),
        ("Width", ["height", "width"], "width"),
        ("TM-T99", ["TM-L90", "TM-T88V", "TM-T88IV"], "TM-T88V"),
        ("xyzzy", ["address"], None),
        ("", ["address"], None),
        (3, ["address"], None),
        ("word", [], None),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(
    word: object, known: list[str], expected: str | None
) -> None:
    assert nearest(word, known) == expected


def test_places_are_written_as_in_the_file() -> None:
    assert path_of(("scanner", "devices", 0, "path")) == "scanner.devices[0].path"
    assert path_of(()) == ""
    assert unknown_name("a.b", "b", ["c"]) == Problem("a.b", "b", "one of c")
