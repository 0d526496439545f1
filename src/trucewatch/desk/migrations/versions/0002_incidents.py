"""Facts: judgements, recoveries. Derived: stories, incidents with what finding them takes, the search index.

The derived tables are made empty; the first call that needs them fills them from the facts.
"""

import sqlalchemy as sql
from alembic import op
from sqlalchemy.dialects import postgresql

from trucewatch.desk.migrations import guard, moment, nested, number

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables; those of 0001 stay as they are."""
    _facts()
    _stories()
    _incidents()
    _search()
    guard("recoveries", "judgements")


def _facts() -> None:
    op.create_table(
        "recoveries",
        number(),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number"), nullable=False),
        moment("at"),
        sql.Column("source", sql.Text, nullable=False, index=True),
    )
    op.create_table(
        "judgements",
        number(),
        sql.Column("id", sql.String(12), nullable=False, unique=True),
        sql.Column("run", sql.Integer, sql.ForeignKey("runs.number")),
        sql.Column("ruling", sql.String, nullable=False),
        sql.Column("by", sql.Text, nullable=False),
        moment("at"),
        sql.Column("reason", sql.Text, nullable=False),
        nested("claims"),
        sql.Column("field", sql.String),
        sql.Column("value", sql.Text),
        sql.Column("undoes", sql.String(12)),
    )


def _stories() -> None:
    op.create_table(
        "derivations",
        sql.Column("version", sql.String, primary_key=True),
        sql.Column("coding", sql.Integer, nullable=False),
        sql.Column("judgement", sql.Integer, nullable=False),
    )
    op.create_table(
        "prints",
        sql.Column("report", sql.String(16), primary_key=True),
        sql.Column("content", sql.LargeBinary, nullable=False),
    )
    op.create_table(
        "print_keys",
        sql.Column("key", sql.String, primary_key=True),
        sql.Column("report", sql.String(16), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sql.Column("id", sql.String(16), primary_key=True),
        sql.Column("outlet", sql.Text),
    )
    op.create_table(
        "story_reports",
        sql.Column("report", sql.String(16), primary_key=True),
        sql.Column("story", sql.String(16), nullable=False, index=True),
        sql.Column("position", sql.Integer, nullable=False),
    )


def _incidents() -> None:
    op.create_table(
        "account_keys",
        sql.Column("key", sql.String, primary_key=True),
        sql.Column("claim", sql.String, primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incidents",
        sql.Column("id", sql.String, primary_key=True),
        sql.Column("component", sql.String, nullable=False, index=True),
        sql.Column("type", sql.String, nullable=False),
        sql.Column("mode", sql.String),
        sql.Column("status", sql.String, nullable=False),
        sql.Column("time_start", sql.Date, index=True),
        sql.Column("time_end", sql.Date),
        sql.Column("sources", sql.Integer, nullable=False),
        sql.Column("place_country", sql.String),
        sql.Column("place_gazetteer", sql.String),
        sql.Column("place_search", sql.Text, nullable=False),
        sql.Column("party_ids", sql.Text, nullable=False),
        sql.Column("party_search", sql.Text, nullable=False),
        sql.Column("content", sql.LargeBinary, nullable=False),
    )
    op.create_table(
        "incident_claims",
        sql.Column("claim", sql.String, primary_key=True),
        sql.Column("incident", sql.String, nullable=False, index=True),
        sql.Column("component", sql.String, nullable=False, index=True),
        sql.Column("position", sql.Integer, nullable=False),
    )


def _search() -> None:
    if op.get_context().dialect.name == "sqlite":
        # The words are kept folded, so that they are found in any spelling; the index alone, not a second copy.
        op.execute(
            "CREATE VIRTUAL TABLE report_words USING fts5(words, content='', tokenize='trigram case_sensitive 1')"
        )
        return
    # Every three letters of a text as a number: an index that needs no extension of PostgreSQL.
    op.create_table(
        "report_words",
        sql.Column("report", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("words", sql.Text, nullable=False),
        sql.Column("trigrams", postgresql.ARRAY(sql.Integer), nullable=False),
    )
    op.create_index("ix_report_words_trigrams", "report_words", ["trigrams"], postgresql_using="gin")
