"""The one error of the domain: a value that cannot exist."""


class DomainError(ValueError):
    """A value was refused; the message says what was got and what was expected."""
