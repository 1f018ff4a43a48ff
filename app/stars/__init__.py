"""Stars: anonymous counts of how many readers liked a paper."""
