"""Others' datasets: files of UCDP GED and of ACLED's shape, read into entries."""

from trucewatch.datasets.files import Dataset, Unread, covered, digest, opened

__all__ = ["Dataset", "Unread", "covered", "digest", "opened"]
