"""Records in the forms that other programs read."""

from trucewatch.export.jsonl import lines

__all__ = ["lines"]
