"""What the shop sells, as the backend keeps it: settings, import, versions, and the pages lanes pull."""
