"""What is on disk, and opening it."""
