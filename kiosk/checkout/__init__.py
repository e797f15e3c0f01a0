"""One shopper's visit: events in, effects out."""
