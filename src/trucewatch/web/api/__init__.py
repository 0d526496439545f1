"""The desk for programs: REST, versioned, with an OpenAPI description; see docs/api.md."""

from trucewatch.web.api.reading import router

__all__ = ["router"]
