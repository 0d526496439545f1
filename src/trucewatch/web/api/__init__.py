"""The desk for programs: REST, versioned, with an OpenAPI description; see docs/api.md."""

from fastapi import APIRouter

from trucewatch.web.api import analysis, exports, reading, writing

router = APIRouter()
for part in (reading, exports, analysis, writing):
    router.routes.extend(part.router.routes)

__all__ = ["router"]
