"""Tours: a vehicle routing problem with prizes (PyVRP). Loads are days, vehicles the stretches of work days of the teams;
of several lengths of a visit at most one is made."""

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve


def stretches(facts, chance):
    """Lengths of tours that fill the teams' work days, the longest possible or cut at random."""
    lengths = []
    for team in range(facts.teams):
        run = 0
        for day in range(facts.days + 1):
            if day < facts.days and facts.free[team] >> day & 1:
                run += 1
                continue
            while run > 0:
                most = min(run, facts.longest)
                length = most if chance.random() < 0.6 else chance.randint(max(1, most - 2), most)
                lengths.append(length)
                run -= length + facts.home_rest
            run = 0
    return lengths


def routed(facts, prizes, lengths, clock, seed, hour_worth):
    """Lists of stops: prizes {(p, m): money before legs} minus legs, at most one length a point."""
    keys = sorted(key for key, prize in prizes.items() if prize > 0)
    if not keys or not lengths:
        return []
    places = np.array([0, *(p + 1 for p, _ in keys)])
    night, unit = facts.costs["per_night"], 1.0
    legs = facts.costs["per_km"] * facts.km + hour_worth * facts.hours
    matrix = legs[np.ix_(places, places)]
    # A tour of n days costs n − 1 nights; the days' own nights are taken off the prizes, so a tour gives one back:
    # that is the same as a night for each leg between two stops.
    matrix[1:, 1:] += night
    matrix[facts.hours[np.ix_(places, places)] > facts.most_drive] = 1e6
    np.fill_diagonal(matrix, 0.0)
    groups, members = [], {}
    for at, (p, _) in enumerate(keys):
        members.setdefault(p, []).append(at)
    number = {}
    for p, ats in members.items():
        number[p] = len(groups)
        groups.append(ClientGroup(ats, required=False))
    # A visit of m days costs m − 1 nights by itself.
    clients = [
        Client(at + 1, delivery=[m], prize=max(1, int(unit * (prizes[p, m] - night * (m - 1)))), required=False, group=number[p])
        for at, (p, m) in enumerate(keys)
    ]
    types = [VehicleType(lengths.count(n), capacity=[n]) for n in sorted(set(lengths))]
    distances = np.rint(unit * matrix).astype(np.int64)
    data = ProblemData([Location(0, 0) for _ in places], clients, [Depot(0)], types, [distances], [np.zeros_like(distances)], groups)
    best = solve(data, stop=lambda _: clock.left() <= 0, seed=seed, collect_stats=False, display=False).best
    if not best.is_feasible():
        return []
    return [tuple(keys[stop.idx] for stop in trip.schedule() if stop.is_client()) for trip in best.routes()]
