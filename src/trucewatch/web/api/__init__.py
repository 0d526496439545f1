"""The desk for programs: REST, versioned, with an OpenAPI description; see docs/api.md."""

from fastapi import APIRouter

from trucewatch.web.api import analysis, exports, feeds, reading, writing

router = APIRouter()
for part in (reading, exports, analysis, writing, feeds):
    router.routes.extend(part.router.routes)

__all__ = ["router"]
