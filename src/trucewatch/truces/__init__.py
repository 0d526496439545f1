"""Truces: what was agreed, which incidents break it, and whether it holds."""
