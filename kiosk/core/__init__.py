"""The running session: one asyncio loop that turns events into effects and carries them out."""
