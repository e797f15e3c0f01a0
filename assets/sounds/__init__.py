"""The lane's sounds, and the script that makes them."""
