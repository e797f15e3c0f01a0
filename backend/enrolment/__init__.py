"""How a lane becomes one of the shop's: a one-time code, and a key that never leaves the lane."""
