"""The screen: theme, widgets, presenters, screens and the Kivy app; it decides nothing about the sale."""
