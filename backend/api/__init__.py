"""What the backend answers over HTTP: lanes, shoppers with a receipt link, and the shop's own people."""
