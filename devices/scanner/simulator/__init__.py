"""The scanner's own side: types codes as key events or serial bytes, by script or by hand."""
