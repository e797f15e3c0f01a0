"""Lets every test of a scene ask for a stage on the glass."""

from tests.screens.played import played

__all__ = ["played"]
