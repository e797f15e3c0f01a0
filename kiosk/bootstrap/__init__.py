"""One file a process: everything is built here, started in order, stopped in reverse."""
