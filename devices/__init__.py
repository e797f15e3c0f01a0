"""Device programs of Checkstand: one process per device, which knows bytes and never the shop."""
