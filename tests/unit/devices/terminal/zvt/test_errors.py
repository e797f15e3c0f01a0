from devices.terminal.zvt.errors import DecodeError


def test_is_a_value_error_so_that_callers_may_treat_it_as_bad_input() -> None:
    assert issubclass(DecodeError, ValueError)
