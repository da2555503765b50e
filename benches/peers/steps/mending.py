"""Mending: drops, adds, exchanges and lengthens tours and stops while that pays, each change with its best allocation.

A change is (tours taken out, (kind, stops) put in). The prices of the linear program bound what it can bring, so that
only changes that may pay are dated and allocated.
"""

import numpy as np

from steps.allocation import Worth
from steps.dates import placed


class Plan:
    """Tours with their worth."""

    def __init__(self, facts, allocation, tours):
        self.tours = sorted(tours)
        self.offered = facts.offered(tours)
        self.worth = allocation.value(self.offered) - facts.cost(tours)

    def priced(self, facts, allocation):
        """Worth of a visit at this plan's prices; the allocation must have been run for this plan last."""
        allocation.value(self.offered)
        return Worth(facts, allocation, allocation.prices()[0])


def stops_changed(facts, stops, candidates):
    """Other lists of stops for one tour."""
    for at, (p, m) in enumerate(stops):
        rest = stops[:at] + stops[at + 1 :]
        if rest:
            yield rest
        for days in (m - 1, m + 1):
            if 1 <= days <= facts.most[p]:
                yield stops[:at] + ((p, days),) + stops[at + 1 :]
        for other, (q, n) in enumerate(stops):
            if other != at and m > 1 and n < facts.most[q]:
                changed = list(stops)
                changed[at], changed[other] = (p, m - 1), (q, n + 1)
                yield tuple(changed)
        for q in candidates:
            for days in {m, max(1, m - 1), m + 1}:
                if days <= facts.most[q]:
                    yield from facts.best_orders(rest + ((q, days),), 1)
    length = sum(m for _, m in stops)
    for q in candidates:
        for days in range(1, min(facts.longest - length, facts.most[q]) + 1):
            yield from facts.best_orders(stops + ((q, days),), 1)
    if 1 < len(stops) <= 5:
        yield from facts.best_orders(stops, 4)


def near(facts, stops, many):
    """Whether two lists of stops have points near each other."""
    rows = [p + 1 for p, _ in stops]
    return facts.km[np.ix_(rows, many)].min()


def changes(facts, tours):
    """All single changes of a plan."""
    visits, _ = facts.counts(tours)
    candidates = [p for p in range(facts.points) if visits.get(p, 0) < facts.visits and not facts.never[p]]
    kinds = range(len(facts.kinds))
    for tour in tours:
        team, _, stops = tour
        kind = facts.kind[team]
        yield (tour,), ()
        for other in kinds:
            if other != kind:
                yield (tour,), ((other, stops),)
        for changed in stops_changed(facts, stops, candidates):
            yield (tour,), ((kind, changed),)
        for at in range(1, len(stops)):
            yield (tour,), ((kind, stops[:at]), (kind, stops[at:]))
    for point in candidates:
        for days in range(1, facts.most[point] + 1):
            for kind in kinds:
                yield (), ((kind, ((point, days),)),)
    radius = np.quantile(facts.km[facts.km > 0], 0.15) if facts.points > 20 else np.inf
    for at, one in enumerate(tours):
        for two in tours[at + 1 :]:
            if near(facts, one[2], [p + 1 for p, _ in two[2]]) > radius:
                continue
            yield from exchanged(facts, one, two)


def exchanged(facts, one, two):
    """A stop, or a day, moved from one tour to the other; stops exchanged; both made one."""
    a, b = facts.kind[one[0]], facts.kind[two[0]]
    if a != b:
        yield (one, two), ((b, one[2]), (a, two[2]))
    both = one[2] + two[2]
    if sum(m for _, m in both) <= facts.longest and len({p for p, _ in both}) == len(both):
        for stops in facts.best_orders(both, 1):
            yield (one, two), ((a, stops),)
    for (give, gk), (take, tk) in (((one[2], a), (two[2], b)), ((two[2], b), (one[2], a))):
        for at, (p, m) in enumerate(give):
            rest = give[:at] + give[at + 1 :]
            for stops in facts.best_orders(take + ((p, m),), 1):
                yield (one, two), ((gk, rest), (tk, stops)) if rest else ((tk, stops),)
            if m > 1:
                for other, (q, n) in enumerate(take):
                    yield (one, two), ((gk, give[:at] + ((p, m - 1),) + give[at + 1 :]), (tk, take[:other] + ((q, n + 1),) + take[other + 1 :]))
    for at, stop in enumerate(one[2]):
        for other, back in enumerate(two[2]):
            for first in facts.best_orders(one[2][:at] + one[2][at + 1 :] + (back,), 1):
                for second in facts.best_orders(two[2][:other] + two[2][other + 1 :] + (stop,), 1):
                    yield (one, two), ((a, first), (b, second))


def promise(facts, plan, worth, change):
    """The most the change can bring, at the prices; -inf where it breaks a rule of the tours themselves."""
    out, put = change
    hours, gain = {}, 0.0
    for team, _, stops in out:
        offered, cost = facts.shape(stops, facts.kind[team])
        gain += cost
        for (p, _), h in zip(stops, offered):
            hours[p] = hours.get(p, 0.0) - h
    for kind, stops in put:
        laid = facts.shape(stops, kind)
        if laid is None:
            return float("-inf")
        gain -= laid[1]
        for (p, _), h in zip(stops, laid[0]):
            hours[p] = hours.get(p, 0.0) + h
    for p, more in hours.items():
        now = plan.offered[p]
        gain += worth.at(p, now + more) - worth.at(p, now)
    return gain


def applied(facts, allocation, plan, change):
    """The plan after a change, or None where it cannot be dated or breaks a rule of the whole."""
    out, put = change
    kept = list(plan.tours)
    for tour in out:
        if tour not in kept:
            return None
        kept.remove(tour)
    now = kept + [(facts.kind.index(kind), 0, stops) for kind, stops in put]
    if not facts.allowed(now) or len(facts.missing(now)) > len(facts.missing(plan.tours)):
        return None
    tours = placed(facts, kept, put)
    return None if tours is None else Plan(facts, allocation, tours)


def mended(facts, allocation, plan, clock, seen=None):
    """No single change pays any more, or the time is up."""
    improved = True
    while improved and clock.left() > 0:
        improved = False
        worth = plan.priced(facts, allocation)
        listed = []
        for number, change in enumerate(changes(facts, plan.tours)):
            if number % 200 == 0 and clock.left() <= 0:
                return plan
            gain = promise(facts, plan, worth, change)
            if gain > 1e-6:
                listed.append((gain, number, change))
        listed.sort(key=lambda entry: (-entry[0], entry[1]))
        for _, _, change in listed:
            if clock.left() <= 0:
                break
            if any(tour not in plan.tours for tour in change[0]) or promise(facts, plan, worth, change) <= 1e-6:
                continue
            other = applied(facts, allocation, plan, change)
            if other is None:
                continue
            if seen is not None:
                seen.add_plan(other)
            if other.worth > plan.worth + 1e-6:
                plan, improved = other, True
                worth = plan.priced(facts, allocation)
    return plan
