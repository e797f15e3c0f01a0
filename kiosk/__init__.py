"""What runs on the floor stand."""
