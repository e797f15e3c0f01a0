"""The barcode scanner: key events or serial bytes in, reads and faults out, served as Scanner1."""
