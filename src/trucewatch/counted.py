"""Series from a desk: of its incidents, or of a dataset that was imported onto it."""

from __future__ import annotations

from trucewatch.desk import Desk
from trucewatch.outlook.series import Asked, Series


def series(desk: Desk, asked: Asked) -> Series:
    """What was asked for, from what the desk holds now.

    Raises WrongCallError for an area or indicator that is none, DeskError for a dataset that is not here.
    """
    raise NotImplementedError
