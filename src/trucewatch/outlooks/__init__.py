"""What is counted on a desk, and what may come of it: what ``outlook`` knows, joined to a desk.

``desk_series`` counts what a desk holds, and ``file_series`` a file alone; ``issued`` makes outlooks of series, keeps them as
forecasts and scores them; ``weighings`` weighs scenarios; ``reported`` settles the forecasts that reports make.
"""

from trucewatch.outlook.series import Asked
from trucewatch.outlooks.desk_series import series
from trucewatch.outlooks.issued import Prospect, TrackRecord, ahead, issue, past

__all__ = ["Asked", "Prospect", "TrackRecord", "ahead", "issue", "past", "series"]
