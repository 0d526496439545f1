"""Our incidents beside the rows of others' datasets on a desk: what both tell of, what only we have, what only they have.

``compared`` holds all of a place and some days against each other; ``pairs`` says of an incident and a row whether they may be
one event.
"""

from trucewatch.comparisons.compared import Compared, Wish, compare
from trucewatch.comparisons.pairs import Pair

__all__ = ["Compared", "Pair", "Wish", "compare"]
