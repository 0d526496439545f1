"""Records in the forms that other programs read, and bundles of evidence that can be kept and verified."""

from trucewatch.export.cases import Case, claims, incidents
from trucewatch.export.forms import FORMS, Form
from trucewatch.export.jsonl import lines

__all__ = ["FORMS", "Case", "Form", "claims", "incidents", "lines"]
