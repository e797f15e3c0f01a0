"""The product pictures: drawn at set-up, one PNG a picture key."""

from assets.pictures.place import folder

__all__ = ["folder"]
