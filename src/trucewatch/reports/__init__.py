"""Raw page, file, feed or archive to Report: the story apart from everything around it.

``sources`` tells what stands behind paths and addresses, ``read_source`` gives the reports of one.
"""

from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.reader import from_text, read_source
from trucewatch.reports.sources import Source, of_record, sources

__all__ = ["ReadOptions", "Source", "from_text", "of_record", "read_source", "sources"]
