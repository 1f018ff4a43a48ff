"""Serving: processes, connections, and what one client may cost them."""
