"""Matching: the papers that match a query, and the steps by which they are found."""
