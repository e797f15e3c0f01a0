"""The shop's mark and logo, and the script that draws them."""
