"""The accuracy gate and the benchmarks; not part of the package."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Gold reports, corpora and others' data: what lies beside the repository where it was laid out."""
GED = SHARED / "data" / "ucdp" / "ged-syria-2016-2018.csv.gz"
