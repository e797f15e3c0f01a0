from backend.errors import UserError


def test_it_says_its_sentence() -> None:
    assert str(UserError("one sentence")) == "one sentence"
