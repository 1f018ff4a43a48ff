"""Cost: how dear a query is, known before it is paid, and who may spend how much."""
