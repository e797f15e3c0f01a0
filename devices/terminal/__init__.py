"""The payment terminal: the cash-register side of ZVT, its attempts, its recovery and its daemon."""
