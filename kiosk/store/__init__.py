"""The files of the lane: sales.db, written by kiosk run, and catalogue.db, written by kiosk sync."""
