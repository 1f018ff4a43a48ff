"""Related papers: candidates, evidence, reasons, and a map of them."""
