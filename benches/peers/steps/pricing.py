"""Tours by prices: the best lists of stops from a first day on, by a beam over partial tours."""

import numpy as np

DEPTH = 5


def tours_by_price(facts, team, first, base, slope, day_price, barred, width=120, keep=4):
    """[(worth, stops)], best first, for a team leaving on a day.

    base[p, m] is what m days at p bring before hours at the wheel are taken off, slope[p, m] what an hour there is
    worth; day_price[d] what the team's day d is worth elsewhere; barred[p] keeps points out. Legs and nights are paid.
    """
    kind = facts.kind[team]
    _, hours_per_day, cost_per_day = facts.kinds[kind]
    whole, points = hours_per_day - facts.setup, facts.points
    room = 0
    while first + room < facts.days and facts.free[team] >> (first + room) & 1 and room < facts.longest:
        room += 1
    if not room or not facts.may_leave >> first & 1:
        return []
    hands, per_km, night = facts.hands[kind], facts.costs["per_km"], facts.costs["per_night"]
    paid = np.concatenate([[0.0], np.cumsum(day_price[first : first + room])])
    # fits[used][m][p]: the point is open for m days after the days used.
    fits = {}
    for used in range(room):
        for m in range(1, room - used + 1):
            stay = ((1 << m) - 1) << (first + used)
            fits[used, m] = np.array(
                [not barred[p] and m <= facts.most[p] and not stay & ~facts.open[p] and facts.pin_day[p] in (None, first + used) for p in range(points)]
            )
    labels = [(0.0, (), 0, 0)]  # value, stops, days used, place
    found = []
    out_hours, out_km = facts.hours[1:, 0], facts.km[1:, 0]
    for _ in range(DEPTH):
        grown = []
        for value, stops, used, here in labels:
            drive = facts.hours[here, 1:]
            for m in range(1, room - used + 1):
                ok = fits[used, m] & (drive <= facts.most_drive) & (whole - drive >= facts.least)
                for p, _ in stops:
                    ok[p] = False
                at = np.nonzero(ok)[0]
                if not len(at):
                    continue
                night_cost = night * (m if used else m - 1)
                more = base[at, m] - slope[at, m] * hands[at] * drive[at] - per_km * facts.km[here, at + 1] - facts.fee[at] * m
                more += value - night_cost - cost_per_day * m - (paid[used + m] - paid[used])
                last = out_hours[at] + (drive[at] if m == 1 else 0.0)
                closing = more - per_km * out_km[at] - slope[at, m] * hands[at] * out_hours[at]
                home = (last <= facts.most_drive) & (whole - last >= facts.least)
                for k in np.argsort(-np.where(home, closing, -np.inf), kind="stable")[:keep]:
                    if home[k]:
                        found.append((float(closing[k]), (*stops, (int(at[k]), m))))
                if used + m < room:
                    for k in np.argsort(-closing, kind="stable")[: max(keep, width // 10)]:
                        grown.append((float(closing[k]), float(more[k]), (*stops, (int(at[k]), m)), used + m, int(at[k]) + 1))
        grown.sort(key=lambda label: (-label[0], label[2]))
        labels = [label[1:] for label in grown[:width]]
        if not labels:
            break
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return found


def tables(facts, worth, kind):
    """base and slope of visits where the prices of cells are given: the knapsack's worth, and its last hour's."""
    _, hours_per_day, _ = facts.kinds[kind]
    whole = hours_per_day - facts.setup
    base = np.full((facts.points, facts.longest + 1), -1e12)
    slope = np.zeros((facts.points, facts.longest + 1))
    for p in range(facts.points):
        for m in range(1, facts.most[p] + 1):
            hand = facts.hands[kind][p]
            most, least = hand * m * whole, hand * max(m * whole - 2.0, 0.0)
            top, low = worth.at(p, most), worth.at(p, least)
            base[p, m], slope[p, m] = top, (top - low) / max(most - least, 1e-9)
    return base, slope
