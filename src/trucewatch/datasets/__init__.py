"""Rows of datasets that others coded (UCDP GED, ACLED-shaped): read, and kept apart from our own incidents."""
