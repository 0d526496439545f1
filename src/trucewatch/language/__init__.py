"""Text -> parsed passages: the model file, its tokeniser, inference."""

from trucewatch.language.engine import Engine

__all__ = ["Engine"]
