"""Report -> Claims: one loop (coder) that asks what, who, where, when, how many, and who says so."""
