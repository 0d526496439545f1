"""What holds for the repository as a whole: sizes, paths, docstrings, and the light first import."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "trucewatch"
if not (ROOT / ".git").exists():
    pytest.skip("an unpacked source distribution is no repository", allow_module_level=True)
LINES = 400
FILE_MB, PACKAGE_MB = 30, 80

HEAVY = (
    "alembic",
    "babel",
    "distributed",
    "httpx2",
    "lxml",
    "numpy",
    "onnxruntime",
    "py3langid",
    "resiliparse",
    "rich",
    "sentencex",
    "sqlalchemy",
    "sqlite3",
    "readability",
)
"""Libraries that are imported by the function that needs them, never by an import of the package."""

CLOCK = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
SHELL = ("run.py", "rulings.py", "watch", "cli.py", "cli", "desk.py", "desk", "web", "__main__.py")
"""The parts that may look at the clock; everything else is a function of what it is given."""

MACHINE = re.compile(r"(?<![\w./~-])/(?:work|root|home/\w+|tmp/\w)|/Users/\w+|C:\\\\Users")
REGISTRY = re.compile(r"pypi" r"\.org|registry\.npm" r"js|files\.python" r"hosted|deb\.deb" r"ian")


def _tracked(*patterns: str) -> list[Path]:
    """Files under version control, or ready for it, that match."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [file for name in listed.stdout.splitlines() if (file := ROOT / name).is_file()]


def _modules() -> list[Path]:
    return _tracked("src/*.py", "benchmarks/*.py", "tests/*.py", "tools/*.py", "training/*.py")


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_every_module_opens_with_a_docstring() -> None:
    opening = re.compile(r'(?:#.*\n)*r?"""\S')
    assert [_name(file) for file in _modules() if not opening.match(file.read_text(encoding="utf-8"))] == []


def test_no_module_over_400_lines_without_a_reason_in_its_docstring() -> None:
    for file in _modules():
        text = file.read_text(encoding="utf-8")
        if text.count("\n") > LINES:
            assert "lines because" in (ast.get_docstring(ast.parse(text)) or ""), _name(file)


def test_the_coder_names_the_question_of_each_of_its_modules() -> None:
    named = re.findall(
        "``(\\w+)``", ast.get_docstring(ast.parse((PACKAGE / "claims" / "__init__.py").read_text())) or ""
    )
    assert {*named} == {file.stem for file in (PACKAGE / "claims").glob("[a-z]*.py")} and len({*named}) == len(named)
    for name in named:
        said = ast.get_docstring(ast.parse((PACKAGE / "claims" / f"{name}.py").read_text("utf-8"))) or ""
        assert said.startswith(("Step ", "Steps ", "All steps", "Of all steps")), name


def test_no_machine_path_and_no_registry_host() -> None:
    for file in _tracked("*.py", "*.md", "*.toml", "*.yml", "*.csv", "Makefile", ".ci/run"):
        if file == Path(__file__):
            continue
        text = file.read_text(encoding="utf-8")
        assert not MACHINE.search(text), f"{_name(file)}: {MACHINE.search(text)}"
        assert not REGISTRY.search(text), f"{_name(file)}: {REGISTRY.search(text)}"


def test_no_large_file_and_a_package_that_stays_small() -> None:
    sizes = {file: file.stat().st_size / 1e6 for file in _tracked()}
    assert [_name(file) for file, size in sizes.items() if size > FILE_MB] == []
    assert sum(size for file, size in sizes.items() if PACKAGE in file.parents) <= PACKAGE_MB


def test_nothing_below_the_run_looks_at_the_clock() -> None:
    for file in _tracked("src/trucewatch/*.py"):
        if file.relative_to(PACKAGE).parts[0] not in SHELL:
            assert not CLOCK.search(file.read_text(encoding="utf-8")), _name(file)


@pytest.mark.parametrize("module", ["trucewatch", "trucewatch.cli", "trucewatch.nouns"])
def test_first_import_brings_in_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(loaded.stdout.split()) & set(HEAVY) == set()


def test_coding_plain_english_waits_for_no_database_and_no_table_of_all_languages() -> None:
    call = "import sys; from trucewatch.cli import main; main(['code', '-', '--date', '2021-09-30'], standalone_mode=False)"
    code = f"{call}; print(*sorted(sys.modules), file=sys.stderr)"
    text = "Rebels of the north shelled the town of Saraqib."
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
    assert '"ASSAULT"' in done.stdout
    assert set(done.stderr.split()) & {"alembic", "py3langid", "sqlalchemy", "trucewatch.desk"} == set()


def test_the_licence_is_the_one_that_the_package_names() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:100]
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
