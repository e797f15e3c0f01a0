"""Opens the unseen window before anything imports Kivy."""

import tests.screens.glass  # noqa: F401 - importing it prepares Kivy
