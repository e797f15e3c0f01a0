"""The backend's database: its tables, its one writer, and whoever holds it."""
