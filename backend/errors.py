"""What the backend tells a person at the command line."""


class UserError(Exception):
    """The input or the arguments cannot be used; the message is one clear sentence. Exit code 2."""
