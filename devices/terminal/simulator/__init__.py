"""The payment terminal's side of ZVT: its own codec, its own ledger, shared with nothing of the driver."""
