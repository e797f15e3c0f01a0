"""Package data of the lane: sounds, words, pictures."""
