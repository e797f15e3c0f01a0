"""Our own dozen widgets on plain Kivy: they draw and report touches, and know nothing of a sale."""
