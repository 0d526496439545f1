"""The desk in a browser: server-rendered pages, their style and the people who may see them."""

from trucewatch.web.app import create_app
from trucewatch.web.settings import Settings

__all__ = ["Settings", "create_app"]
