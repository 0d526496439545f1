"""The weekly brief of a truce: one page, as Markdown, HTML or PDF, in which every sentence on what happened cites its claims."""

from trucewatch.brief.as_html import page as html
from trucewatch.brief.as_markdown import markdown
from trucewatch.brief.as_pdf import pdf
from trucewatch.brief.builder import written
from trucewatch.brief.chart import chart
from trucewatch.brief.page import Brief, Week, is_brief, week
from trucewatch.brief.sketch import sketch
from trucewatch.brief.spoken import language

__all__ = ["Brief", "Week", "chart", "html", "is_brief", "language", "markdown", "pdf", "sketch", "week", "written"]
