"""People of the shop: who may do what, and how a PIN is tried."""
