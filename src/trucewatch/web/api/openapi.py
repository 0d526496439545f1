"""The OpenAPI description of the API: FastAPI's of the routes, and the records' own of what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from trucewatch import __version__
from trucewatch.comparisons import Compared
from trucewatch.export import FORMS
from trucewatch.ledger import Held
from trucewatch.nouns import Claim, Incident, Judgement, Record, Report, Story
from trucewatch.outlook.expected import Settled
from trucewatch.outlook.outlook import Outlook
from trucewatch.outlook.scenarios import Scenario
from trucewatch.outlook.tellers import TellerRecord
from trucewatch.outlooks import TrackRecord
from trucewatch.truces import Truce
from trucewatch.truces.monitors import Monitored
from trucewatch.web.api.exports import BUNDLE, BY_MEDIA, ZIP
from trucewatch.web.api.writing import Ruled
from trucewatch.web.refusals import API

REFERENCE = "#/components/schemas/{name}"
ONE = {
    "/api/v1/reports/{id}": Record,
    "/api/v1/claims/{id}": Claim,
    "/api/v1/incidents/{id}": Incident,
    "/api/v1/truces/{id}": Truce,
    "/api/v1/truces/{id}/ledger": Held,
    "/api/v1/truces/{id}/monitors": Monitored,
    "/api/v1/outlook": Outlook,
    "/api/v1/outlook/record": TrackRecord,
    "/api/v1/compare/{dataset}": Compared,
}
"""What one path answers with."""
MANY = {
    "/api/v1/reports": Report,
    "/api/v1/claims": Claim,
    "/api/v1/incidents": Incident,
    "/api/v1/truces": Truce,
    "/api/v1/judgements": Judgement,
    "/api/v1/claims/{id}/judgements": Judgement,
    "/api/v1/incidents/{id}/judgements": Judgement,
    "/api/v1/stories": Story,
    "/api/v1/search": Report,
    "/api/v1/scenarios": Scenario,
}
"""What a page of one path holds."""
RECORDS = tuple(dict.fromkeys((*ONE.values(), *MANY.values(), Ruled, Settled, TellerRecord)))
EXPECTED, FARED = "/api/v1/expected", "/api/v1/expected/record"
OTHERS = {"/api/v1/truces/{id}/status": {"type": ["object", "null"]}}
"""What is no record of ours, and not always an object either."""
AS_FILES = ("/api/v1/incidents", "/api/v1/claims")
"""What the Accept header may ask for as a file."""
REFUSALS = {
    "304": "The client has it: `If-None-Match` names its tag.",
    "400": "A value of the request means nothing.",
    "401": "Nobody is signed in; send `Authorization: Bearer TOKEN`.",
    "403": "The role does not allow it.",
    "404": "It is not here.",
    "409": "Somebody ruled on it meanwhile.",
    "410": "What the cursor points at is no more: start again.",
    "413": "More than a bundle holds.",
    "415": "A ruling that is not sent as JSON.",
    "422": "A value of the request has the wrong form.",
    "503": "The database does not answer, the desk is still being read, or it changed meanwhile: see Retry-After.",
}


def described(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of those routes that are below /api."""
    its = [route for route in routes if isinstance(route, APIRoute) and route.path.startswith(API)]
    made: dict[str, Any] = get_openapi(
        title="Trucewatch",
        version=__version__,
        summary="What reports say of a war and its truce, each value traced to its words.",
        routes=its,
    )
    schemas, components = msgspec.json.schema_components(RECORDS, ref_template=REFERENCE)
    by_record = dict(zip(RECORDS, schemas, strict=True))
    made["components"] = {
        "schemas": {**_counted(components), "Refusal": _REFUSAL},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    made["security"] = [{"token": []}]
    names = {(route.path, method.lower()): route.name for route in its for method in route.methods or ()}
    for path, deeds in made["paths"].items():
        for method, deed in deeds.items():
            deed["operationId"] = names[path, method]
            answers = deed["responses"]
            for status, why in REFUSALS.items():
                answers[status] = {"description": why} | ({} if status == "304" else {"content": _json(_REF)})
            if "201" in answers:
                answers["201"]["content"] = _json(_ruled(by_record[Judgement]))
            else:
                answers["200"]["content"] = _content(path, by_record)
    return made


def _counted(schema: Any) -> Any:
    """A schema whose lists end by `maxItems` alone: generators of clients stumble over msgspec's ``items: false`` beside it."""
    if isinstance(schema, list):
        return [_counted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _counted(part) for key, part in schema.items() if key != "items" or part is not False}


def _content(path: str, by_record: Mapping[Any, Any]) -> dict[str, Any]:
    """What a path answers with, by media type."""
    if path.endswith(".{form}"):
        return _files(form.media for form in FORMS.values())
    if path == BUNDLE:
        return _files([ZIP])
    if path == EXPECTED:
        return _json(_until(by_record[Settled], right={"type": ["boolean", "null"]}))
    if path == FARED:
        return _json(_until(by_record[TellerRecord], of={"enum": ["outlet", "speaker"]}))
    if path in MANY:
        return _json(_paged(by_record[MANY[path]])) | _files(BY_MEDIA if path in AS_FILES else ())
    return _json(by_record[ONE[path]] if path in ONE else OTHERS.get(path, {"type": "object"}))


_IN_FORCE = {
    "type": "array",
    "items": {"$ref": REFERENCE.format(name="Judgement")},
    "description": "Those in force, where a ruling went past them: of 409 alone.",
}
_REFUSAL = {
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"type": "string"}, "judgements": _IN_FORCE},
}
_REF = {"$ref": REFERENCE.format(name="Refusal")}


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _files(medias: Iterable[str]) -> dict[str, Any]:
    return {media: {"schema": {"type": "object" if media.endswith("+json") else "string"}} for media in medias}


def _ruled(judgement: Any) -> dict[str, Any]:
    names = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "required": ["judgements", "incidents", "unknown"],
        "properties": {"judgements": {"type": "array", "items": judgement}, "incidents": names, "unknown": names},
    }


def _until(its: Any, **more: Any) -> dict[str, Any]:
    """A page of records with more beside them, and the day up to which they are known."""
    page = _paged({"allOf": [its, {"type": "object", "required": list(more), "properties": more}]})
    day = {"type": ["string", "null"], "format": "date", "description": "Null where no report has a date."}
    return page | {"required": ["until", *page["required"]], "properties": {"until": day, **page["properties"]}}


def _paged(schema: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": schema},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page; null after the last."},
        },
    }
