"""The shop's backend: takes in what the lanes sold, once, and tells them what is for sale."""
