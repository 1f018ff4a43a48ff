"""The addresses and shapes that Cool Papers' own helpers use."""
