"""The device desk: a local page that works the simulated devices of a lane by hand."""
