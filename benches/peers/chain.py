"""The chain a good engineer would otherwise build: points and days by a facility location MILP (HiGHS), tours by a
vehicle routing solver (PyVRP), dates one after the other, allocation by a linear program (HiGHS), then mending.

    pip install highspy==1.15.1 pyvrp==0.14.1
    python3 chain.py problem.json SECONDS > solution.json

Tries several settings of what the first step has to guess (driving a day, what reaching a point costs) and mends each
plan; then takes tours out of the best one, dates the others anew and mends again, until the time is up.
"""

import json
import random
import sys
import time
from itertools import permutations

import highspy
from pyvrp import Model
from pyvrp.stop import MaxRuntime

from checker import check, faults_of_tour


def solver(seconds):
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", max(0.5, seconds))
    return highs


def choose_points(problem, drive, reach_factor, seconds):
    """Days at each point: max Σ x·(share·value − cost) − Σ y·reach − Σ n·day, hours by an assumed drive a day."""
    limits, costs, teams = problem["limits"], problem["costs"], problem["teams"]
    days = sum(sum(day["work"] and day["date"] not in team["days_off"] for day in problem["days"]) for team in teams)
    a_day = sum(team["cost_per_day"] for team in teams) / len(teams) + costs["per_night"] * limits["max_nights"] / (limits["max_nights"] + 1)
    hands = sum(team["technicians"] for team in teams) / len(teams)
    service = max(0.0, max(t["hours_per_day"] for t in teams) - limits["setup_hours"] - drive) * limits["utilisation"]
    highs = solver(seconds)
    visited, stay, parts = [], [], {}
    for at, point in enumerate(problem["points"]):
        open_days = sum(day["work"] and (point["open"] is None or day["date"] in point["open"]) for day in problem["days"])
        most = min(limits["max_nights"] + 1, point["max_days"] or 99, open_days)
        if point["pin"] == "never":
            most = 0
        reach = reach_factor * costs["per_km"] * (problem["legs"]["km"][0][at + 1] + problem["legs"]["km"][at + 1][0])
        y = highs.addVariable(lb=0, ub=1 if most else 0, obj=-reach, type=highspy.HighsVarType.kInteger)
        n = highs.addVariable(lb=0, ub=most, obj=-(a_day + point["fee_per_day"]), type=highspy.HighsVarType.kInteger)
        highs.addConstr(n <= most * y)
        highs.addConstr(n >= y)
        if point["pin"] not in (None, "never"):
            highs.addConstr(y >= 1)
        visited.append(y)
        stay.append(n)
    by_cell, by_point = {}, {}
    for pair in problem["pairs"]:
        cell = problem["cells"][pair["cell"]]
        gain = pair["share"] * cell["value"] - pair["cost"]
        if gain <= 0:
            continue
        x = highs.addVariable(lb=0, ub=1, obj=gain)
        highs.addConstr(x <= visited[pair["point"]])
        by_cell.setdefault(pair["cell"], []).append(x)
        by_point.setdefault(pair["point"], []).append((pair["share"] * cell["hours"], x))
        parts[pair["cell"], pair["point"]] = x
    for xs in by_cell.values():
        highs.addConstr(sum(xs) <= 1)
    for point, xs in by_point.items():
        a_point = min(hands, problem["points"][point]["bays"]) * service
        highs.addConstr(sum(h * x for h, x in xs) <= a_point * stay[point])
    highs.addConstr(sum(stay) <= days)
    highs.setMaximize()
    highs.run()
    values = highs.getSolution().col_value
    return {at: round(values[n.index]) for at, n in enumerate(stay) if values and round(values[n.index]) > 0}


def route(problem, stays, seconds, seed):
    """Groups of points with their order: a vehicle routing problem whose loads are the days."""
    model, where = Model(), sorted(stays)
    nodes, index = [model.add_location(0, 0) for _ in range(len(where) + 1)], [0, *(at + 1 for at in where)]
    model.add_depot(nodes[0])
    for node, at in zip(nodes[1:], where):
        model.add_client(node, delivery=[stays[at]])
    model.add_vehicle_type(len(where), capacity=[problem["limits"]["max_nights"] + 1])
    for i, a in zip(index, nodes):
        for j, b in zip(index, nodes):
            if i != j:
                model.add_edge(a, b, distance=round(problem["legs"]["km"][i][j] * 100), duration=0)
    best = model.solve(stop=MaxRuntime(seconds), seed=seed, display=False).best
    # idx counts clients from 0.
    return [[where[stop.idx] for stop in trip.schedule() if stop.is_client()] for trip in best.routes()]


def starts(problem, team, stops, taken):
    """First days on which the tour breaks no rule, the team being free."""
    home = problem["limits"]["min_days_home"]
    length = sum(stop["days"] for stop in stops)
    for first, day in enumerate(problem["days"]):
        last = first + length - 1
        if any(first <= end + home and last + home >= begin for begin, end in taken):
            continue
        tour = {"team": team["id"], "depart": day["date"], "stops": stops}
        faults, _, hours, cost = faults_of_tour(problem, tour)
        if not faults:
            yield first, last, sum(hours), cost, tour


def dated(problem, groups, stays):
    """One group after the other on its first feasible days, the largest first; what fits nowhere is split or left."""
    taken = {team["id"]: [] for team in problem["teams"]}
    tours, queue = [], sorted(groups, key=lambda group: (-sum(stays[at] for at in group), group))
    while queue:
        group = queue.pop(0)
        best = None
        orders = permutations(group) if len(group) <= 4 else [tuple(group), tuple(reversed(group))]
        for order in orders:
            stops = [{"point": problem["points"][at]["id"], "days": stays[at]} for at in order]
            for team in problem["teams"]:
                for first, last, hours, cost, tour in starts(problem, team, stops, taken[team["id"]]):
                    key = (-hours, cost, first)
                    if best is None or key < best[0]:
                        best = (key, first, last, team["id"], tour)
                    break
        if best:
            taken[best[3]].append((best[1], best[2]))
            tours.append(best[4])
        elif len(group) > 1:
            queue = [group[: len(group) // 2], group[len(group) // 2 :], *queue]
        elif stays[group[0]] > 1:
            stays[group[0]] -= 1
            queue.append(group)
    return tours


def allocated(problem, tours, seconds):
    """The best allocation for given tours: a linear program."""
    highs = solver(seconds)
    index = {point["id"]: at for at, point in enumerate(problem["points"])}
    hours_of = [faults_of_tour(problem, tour)[2] for tour in tours]
    by_cell, parts = {}, []
    pairs = {}
    for pair in problem["pairs"]:
        pairs.setdefault(pair["point"], []).append(pair)
    for t, tour in enumerate(tours):
        for s, stop in enumerate(tour["stops"]):
            used = []
            for pair in pairs.get(index[stop["point"]], []):
                cell = problem["cells"][pair["cell"]]
                gain = pair["share"] * cell["value"] - pair["cost"]
                if gain <= 0:
                    continue
                x = highs.addVariable(lb=0, ub=1, obj=gain)
                by_cell.setdefault(pair["cell"], []).append(x)
                used.append((pair["share"] * cell["hours"], x))
                parts.append((x, pair["cell"], t, s, gain))
            if used:
                highs.addConstr(sum(h * x for h, x in used) <= hours_of[t][s] * (1 - 1e-9))
    for xs in by_cell.values():
        if len(xs) > 1:
            highs.addConstr(sum(xs) <= 1)
    highs.setMaximize()
    highs.run()
    values = highs.getSolution().col_value
    allocation = [
        {"cell": cell, "tour": t, "stop": s, "x": min(1.0, max(0.0, values[x.index]))}
        for x, cell, t, s, _ in parts
        if values[x.index] > 1e-9
    ]
    return {"schema": "tourplan-solution/1", "tours": tours, "allocation": allocation}


def mended(problem, tours, end):
    """Drops, adds, exchanges and lengthens tours and stops while that pays, each change with its best allocation."""
    best = allocated(problem, tours, 5)
    worth, faults = check(problem, best)
    if faults:
        return None, float("-inf")
    improved = True
    while improved and time.time() < end:
        improved = False
        for candidate in neighbours(problem, best["tours"]):
            if time.time() > end:
                break
            other = allocated(problem, candidate, 5)
            value, faults = check(problem, other)
            if not faults and value > worth + 1e-6:
                best, worth, improved = other, value, True
                break
    return best, worth


def spans(problem, tours):
    """When each team is out."""
    taken = {team["id"]: [] for team in problem["teams"]}
    dates = {day["date"]: at for at, day in enumerate(problem["days"])}
    for tour in tours:
        first = dates[tour["depart"]]
        taken[tour["team"]].append((first, first + sum(stop["days"] for stop in tour["stops"]) - 1))
    return taken


def placed(problem, others, stops):
    """The tour on the days and with the team that offer most hours beside the others, or nothing."""
    taken, best = spans(problem, others), None
    for team in problem["teams"]:
        for first, _, hours, cost, tour in starts(problem, team, stops, taken[team["id"]]):
            key = (-hours, cost, first)
            if best is None or key < best[0]:
                best = (key, tour)
    return best and best[1]


def changed_stops(problem, tour, unvisited):
    """Other lists of stops for a tour: one stop fewer, a day more or less, one stop more, one exchanged."""
    stops = tour["stops"]
    for at, stop in enumerate(stops):
        if len(stops) > 1:
            yield stops[:at] + stops[at + 1 :]
        for days in (stop["days"] - 1, stop["days"] + 1):
            if days:
                yield stops[:at] + [{**stop, "days": days}] + stops[at + 1 :]
        for point in unvisited:
            yield stops[:at] + [{**stop, "point": point}] + stops[at + 1 :]
    for point in unvisited:
        for at in range(len(stops) + 1):
            yield stops[:at] + [{"point": point, "days": 1}] + stops[at:]


def neighbours(problem, tours):
    visited = {stop["point"] for tour in tours for stop in tour["stops"]}
    unvisited = [p["id"] for p in problem["points"] if p["id"] not in visited and p["pin"] != "never"]
    for at in range(len(tours)):
        yield tours[:at] + tours[at + 1 :]
    for point in unvisited:
        for days in range(1, problem["limits"]["max_nights"] + 2):
            new = placed(problem, tours, [{"point": point, "days": days}])
            if new:
                yield [*tours, new]
    for at, tour in enumerate(tours):
        others = tours[:at] + tours[at + 1 :]
        for stops in changed_stops(problem, tour, unvisited):
            new = placed(problem, others, stops)
            if new:
                yield [*others, new]


def shaken(problem, tours, chance):
    """The plan without one or two of its tours, the others dated anew one after the other in another order."""
    kept = list(tours)
    for _ in range(chance.choice((1, 1, 2))):
        if kept:
            kept.pop(chance.randrange(len(kept)))
    chance.shuffle(kept)
    dated_anew = []
    for tour in kept:
        new = placed(problem, dated_anew, tour["stops"])
        if new:
            dated_anew.append(new)
    return dated_anew


def main(path, seconds):
    with open(path, encoding="utf-8") as file:
        problem = json.load(file)
    end, chance = time.time() + seconds, random.Random(1)
    first_half = end - seconds / 2
    settings = [(drive, reach) for drive in (1.0, 0.5, 2.0, 3.0) for reach in (0.5, 1.0, 0.25)]
    best, worth = {"schema": "tourplan-solution/1", "tours": [], "allocation": []}, 0.0
    if check(problem, best)[1]:
        worth = float("-inf")
    for number, (drive, reach) in enumerate(settings):
        left = first_half - time.time()
        if left <= 0.1:
            break
        share = left / (len(settings) - number)
        stays = choose_points(problem, drive, reach, share * 0.4)
        if not stays:
            continue
        groups = route(problem, stays, max(0.1, share * 0.2), number)
        tours = dated(problem, groups, stays)
        plan, value = mended(problem, tours, time.time() + share * 0.5)
        if plan and value > worth:
            best, worth = plan, value
    while time.time() < end:
        plan, value = mended(problem, shaken(problem, best["tours"], chance), end)
        if plan and value > worth:
            best, worth = plan, value
    best["objective"] = worth
    json.dump(best, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
