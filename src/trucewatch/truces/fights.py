"""What the word for a deed says: in a clash both sides took part, who shoots at a drone attacks nobody, and who only "violated the
truce" is charged with something that is not told; and which deed a denial may be of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.codebook import fold
from trucewatch.nouns import REAL, Account, Claim, Incident, Status
from trucewatch.truces.parties import Standing, is_armed

DRONES = frozenset("drone drones uav uavs quadcopter quadcopters".split())
MISSILES = DRONES | frozenset("missile missiles rocket rockets projectile projectiles".split())
SHOT_DOWN = frozenset("shot shoot shoots shooting downed intercept intercepts intercepted intercepting".split())
FIRED = frozenset("fire fires fired firing opened engaged".split())
"""Words for what comes through the air, for what air defence does to it, and for what it does to a drone, hit or not."""
_AIR_DEFENCE = re.compile(r"\b(?:air.?defen[cs]es?|anti.?aircraft)\b")
TWO_SIDED = frozenset(
    "clash clashes clashed clashing fight fights fighting fought battle battles battled battling skirmish skirmishes "
    "skirmished firefight firefights gunfight gunfights gunbattle gunbattles shootout shootouts combat duel duels "
    "exchange exchanges exchanged exchanging traded".split()
)
"""Words for what two sides do to each other: of the two lists of a claim, the sides may then stand in either."""
REPELLED = frozenset(
    "repel repels repelled repelling repulse repulses repulsed repulsing thwart thwarts thwarted thwarting foil foils foiled foiling "
    "fend fends fended fending".split()
)
"""Words for what is done to an attack, and to those who attack."""
HELD = frozenset("hold holds held holding occupy occupies occupied occupying".split())
"""Words for what goes on where somebody stays on ground that he took."""
RIVALS = frozenset("rival rivals infighting mutiny mutineers".split())
"""Words for those of one side who fight each other, and for their fight ..."""
FACTIONS = frozenset({"faction", "factions"})
"""... and for its parts, which fight each other only where the deed is a fight: "rebel factions shelled" the other side."""
BROKEN = frozenset(
    "violate violates violated violating violation violations breach breaches breached breaching break breaks broke broken "
    "breaking infringe infringed infringement infringements".split()
)
"""Words that call a deed a breach of a truce, and do not say what was done."""


def is_charge(account: Account, beside: Sequence[Account]) -> bool:
    """Whether an account only charges somebody with a breach: its report tells the deed as well, or its sentence
    accuses, or no town or site is given. The day of a mere accusation is the day of the word, and a deed told as
    such counts once. ``beside`` are all accounts of its report."""
    claim = account.claim
    if claim.mode or claim.killed or not BROKEN & set(fold(account.trigger).split()):
        return False
    if claim.place is None or not claim.place.is_fine:
        return True
    accused = any(one.claim.type == "ACCUSE" and one.sentence == account.sentence for one in beside)
    return accused or any(_is_deed(one, claim) for one in beside)


def is_infighting(acting: Sequence[Standing], hit: Sequence[Standing], told: Sequence[Account]) -> bool:
    """Whether those who fight are of one side, whoever was hit beside them: two of it, or such as are called its parts."""
    is_fight = bool(told) and all(map(is_two_sided, told))
    fighting = [*acting, *((entity, party) for entity, party in hit if party or is_armed(entity))]
    if is_fight and len(fighting) > 1:
        return of_one_side(fighting)
    called = {word for entity, _ in acting for word in fold(entity.text).split()}
    called |= {word for account in told for word in fold(account.trigger).split()}
    return bool(called & (RIVALS | FACTIONS if is_fight else RIVALS)) and of_one_side([*acting, *hit])


def of_one_side(those: Sequence[Standing]) -> bool:
    """Whether they all stand to the truce, and on one side."""
    sides = {party.side if party else None for _, party in those}
    return len(sides) == 1 and None not in sides


def may_be_of(denial: Claim, deed: Claim | Incident) -> bool:
    """Whether a denial says nothing by which it is one of another deed than this."""
    time, here, there = denial.time, denial.place, deed.place
    if denial.status is not Status.DENIED or denial.type != deed.type:
        return False
    if time and deed.time and not time.touches(deed.time):
        return False
    return not (here and there and here.is_fine and there.is_fine and not _is_one_name(here.name, there.name))


def _is_one_name(name: str, other: str) -> bool:
    """Whether two places are called the same, or one by that in which the other lies: "Rafah", "Rafah crossing", "Tell, Rafah"."""
    return any(re.search(rf"(^|, ){re.escape(one)}\b", another) for one, another in ((name, other), (other, name)))


def is_two_sided(account: Account) -> bool:
    """Whether the word that an account has for the deed says of neither side that it began."""
    return bool(TWO_SIDED & set(fold(account.trigger).split()))


def is_repelling(account: Account) -> bool:
    """Whether an account tells no more of those who act than that they repelled an attack, or those who attacked."""
    return bool(REPELLED & set(fold(account.trigger).split()))


def is_holding(account: Account) -> bool:
    """Whether an account tells no more than that somebody goes on holding ground: he took it on another day."""
    return account.claim.status is Status.ONGOING and bool(HELD & set(fold(account.trigger).split()))


def _is_deed(account: Account, charge: Claim) -> bool:
    """Whether an account tells of something done by those whom a charge names, at no other time."""
    one = account.claim
    if one.type != charge.type or one.status not in REAL or BROKEN & set(fold(account.trigger).split()):
        return False
    if one.time and charge.time and not one.time.touches(charge.time):
        return False
    return not {entity.name for entity in charge.actors}.isdisjoint(entity.name for entity in one.actors)


def shot_down(incident: Incident, accounts: Sequence[Account]) -> frozenset[str]:
    """What an incident's target is called that came through the air and was shot down, or a drone that was fired at; nothing
    where none was."""
    triggers = [{*fold(one.trigger).split()} for one in accounts]
    hit = {word for entity in incident.recipients for word in fold(entity.text).split()}
    if any(map(FIRED.intersection, triggers)) and hit & DRONES:
        return DRONES & hit
    if not hit and _is_air_defence(incident) and any(map(FIRED.intersection, triggers)):
        return DRONES & {word for one in accounts for word in re.findall(r"\w+", fold(one.sentence))}
    told = [one for one, trigger in zip(accounts, triggers, strict=True) if SHOT_DOWN & trigger]
    sent = MISSILES & hit
    if not sent:  # a model's name ("a spy drone, a CH-4"); a missile may be what a plane is shot down by
        downed = [fold(one.sentence) for one in told if _is_downed(one)]
        sent = DRONES & {word for said in downed for word in re.findall(r"\w+", said)}
    return sent if told else frozenset()


def _is_downed(account: Account) -> bool:
    """Whether something is brought down from the air, and nobody merely shot."""
    return account.trigger.lower() not in ("shot", "shoot", "shoots", "shooting")


def _is_air_defence(incident: Incident) -> bool:
    """Whether all who fired are there to fire at what flies."""
    return bool(incident.actors) and all(_AIR_DEFENCE.search(fold(entity.text)) for entity in incident.actors)
