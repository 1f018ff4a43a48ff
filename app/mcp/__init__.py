"""The Model Context Protocol: tools with which agents search, read and cite papers."""
