"""Reference managers: what Zotero and its kin read on pages, and unAPI for lists."""
