"""Models of what comes next that ours must beat: the simple ones, and a reference for weeks."""

from __future__ import annotations

from trucewatch.outlook.distribution import Distribution, ensemble, negative_binomial
from trucewatch.outlook.models import HALF_LIFE, LEAST, Question, dispersion, resampled, running_means


def zero(asked: Question) -> Distribution:
    """Nothing will happen."""
    return ensemble([0])


def poisson(mean: float) -> Distribution:
    """Counts of this mean, 0 or more, that come independently of each other."""
    return negative_binomial(mean, 1 + 1e-6) if mean > 0 else ensemble([0])


def last_value(asked: Question) -> Distribution:
    """As now: a Poisson distribution on the last count."""
    return poisson(float(asked.own[-1]))


def last_four(asked: Question) -> Distribution:
    """One of the last four counts, each as likely."""
    return ensemble(asked.own[-4:])


def twelve(asked: Question) -> Distribution:
    """One of the last twelve counts, each as likely (the "conflictology" benchmark of the VIEWS prediction challenge)."""
    return ensemble(asked.own[-12:])


def weighted_past(asked: Question) -> Distribution:
    """One of the past counts, the newer the likelier: exponentially weighted conflictology, without peers."""
    return resampled(Question(asked.own[None], 0, asked.ahead, asked.period))


def weighted_mean(asked: Question) -> Distribution:
    """Reference for weeks: a negative binomial on the exponentially weighted mean."""
    half_life = HALF_LIFE[asked.period]
    means = running_means(asked.own[None], half_life)
    mean, spread = max(float(means[0, -1]), LEAST), dispersion(asked.own[None], means, asked.ahead)
    return negative_binomial(mean, float(spread[0]))
