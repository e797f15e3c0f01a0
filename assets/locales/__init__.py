"""The words of each language, and how they are found in the sources."""
