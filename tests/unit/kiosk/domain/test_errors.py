from kiosk.domain.errors import DomainError


def test_a_refused_value_is_a_value_error() -> None:
    assert issubclass(DomainError, ValueError)
