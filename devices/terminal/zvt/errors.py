"""The one error this codec raises."""


class DecodeError(ValueError):
    """The terminal sent what ZVT does not allow; the text names the place, never the bytes (card data)."""
