"""Search: papers found by words and by meaning, and listings by category and day."""
