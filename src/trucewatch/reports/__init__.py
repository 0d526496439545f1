"""Raw page, file, feed or archive to Report: the story apart from everything around it.

``read(paths, options)`` gives reports and failures; ``sources`` and ``read_source`` are its two steps.
"""

from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.reader import from_text, read, read_source
from trucewatch.reports.sources import Source, of_record, sources

__all__ = ["ReadOptions", "Source", "from_text", "of_record", "read", "read_source", "sources"]
