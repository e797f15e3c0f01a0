"""The ZVT protocol (VdTH PA00P015 rev. 13, PA00P016 rev. 4) as a pure codec: bytes in, messages out."""
