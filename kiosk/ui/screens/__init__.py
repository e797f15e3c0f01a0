"""One scene a file, each with its .kv beside it: bind the view, send intents, nothing else."""
