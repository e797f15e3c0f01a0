"""The receipt printer and its cash drawer: ESC/POS out, status in, one daemon that prints every job once."""
