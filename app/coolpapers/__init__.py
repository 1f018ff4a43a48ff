"""Cool Papers compatibility: the addresses and shapes that its clients use."""
