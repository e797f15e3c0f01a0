"""Takes in what the lanes push: each event once, none lost, none in the way of another."""
