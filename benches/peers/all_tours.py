"""Whose part of the gap is the bound's? Linear bounds over all tours of a small problem, every tour on every day listed.

    python3 all_tours.py FOLDER

Prints for each problem file of up to 12 points, in a Markdown table, how far above the known optimum (optima.csv) lie:
- **by point**: max Σ gain·x − Σ cost·z, hours of a point from its tours, x ≤ Σ z of the point, each cell once;
- **by visit**: the same with x and hours for each distinct hours offered at a point: what a Lagrangian relaxation of
  "each cell once, each point so often" reaches at best (Geoffrion 1974). A gap that stays here can only be closed by branching or cuts.
"""

import csv
import glob
import json
import os
import sys
from itertools import permutations, product

import highspy
import numpy as np

from steps.allocation import rows_model, silent
from steps.facts import Facts


def every_tour(facts):
    """(stops, kind) of all tours that break no rule on some day."""
    open_points = [p for p in range(facts.points) if not facts.never[p]]
    for kind in range(len(facts.kinds)):
        teams = [t for t in range(facts.teams) if facts.kind[t] == kind]
        for many in range(1, facts.longest + 1):
            for order in permutations(open_points, many):
                for days in product(range(1, facts.longest - many + 2), repeat=many):
                    if sum(days) <= facts.longest:
                        stops = tuple(zip(order, days))
                        if facts.shape(stops, kind) and any(facts.placements(stops, t) for t in teams):
                            yield stops, kind


def bound(facts, tours, by_visit):
    """The linear program's value. Tours of the same stops differ by order: all are in."""
    loads, row_of = {}, {}
    for stops, kind in tours:
        for (p, _), h in zip(stops, facts.shape(stops, kind)[0]):
            loads.setdefault((p, round(h, 6) if by_visit else 0), h)
    cells = {int(c): at for at, c in enumerate(np.unique(facts.pair_cell))}
    once, upper, lower = len(cells), [1.0] * len(cells), [-np.inf] * len(cells)
    for p in range(facts.points):
        upper.append(float(facts.visits))
        lower.append(1.0 if p in facts.must else -np.inf)
    stays = len(upper)
    upper += [float(facts.max_days[p]) for p in range(facts.points)]
    busy = len(upper)
    upper += [1.0] * (facts.teams * facts.days)
    lower += [-np.inf] * (len(upper) - len(lower))
    cost, row, value, start = [], [], [], [0]
    links = {}
    for key in sorted(loads):
        row_of[key] = len(upper)
        upper.append(0.0)
        for j in range(facts.of_point[key[0]], facts.of_point[key[0] + 1]):
            links.setdefault(key, []).append(len(upper))
            cost.append(facts.pair_gain[j])
            row += [cells[int(facts.pair_cell[j])], row_of[key], len(upper)]
            value += [1.0, facts.pair_hours[j], 1.0]
            start.append(len(row))
            upper.append(0.0)
    lower += [-np.inf] * (len(upper) - len(lower))
    for stops, kind in tours:
        offered, spent = facts.shape(stops, kind)
        for team in range(facts.teams):
            for first, mask in facts.placements(stops, team) if facts.kind[team] == kind else ():
                cost.append(-spent)
                for (p, m), h in zip(stops, offered):
                    key = (p, round(h, 6) if by_visit else 0)
                    row += [once + p, stays + p, row_of[key], *links.get(key, [])]
                    value += [1.0, float(m), -h] + [-1.0] * len(links.get(key, []))
                for day in range(facts.days):
                    if mask >> day & 1:
                        row.append(busy + team * facts.days + day)
                        value.append(1.0)
                start.append(len(row))
    n = len(cost)
    highs = silent()
    highs.passModel(rows_model(n, np.zeros(n), np.ones(n), np.array(cost), None, np.array(lower), np.array(upper), np.array(row, dtype=np.int32), np.array(value), np.array(start, dtype=np.int32)))
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return highs.getInfo().objective_function_value


def main(folder):
    with open(os.path.join(folder, "optima.csv"), encoding="utf-8") as file:
        known = {row["file"]: float(row["objective"]) for row in csv.DictReader(file)}
    # A bound on the optimum itself may come out a rounding error below it: printed as 0, not as -0.
    def above(value, optimum):
        return f"{round(value / optimum - 1, 4) + 0.0:.2%}"

    print("| problem | tours | optimum | by point | above | by visit | above |\n| --- | --: | --: | --: | --: | --: | --: |")
    for path in sorted(glob.glob(os.path.join(folder, "random-*.json"))):
        with open(path, encoding="utf-8") as file:
            facts = Facts(json.load(file))
        name = os.path.basename(path)
        if facts.points > 12 or name not in known:
            continue
        tours, optimum = list(every_tour(facts)), known[name]
        one, two = bound(facts, tours, False), bound(facts, tours, True)
        print(f"| {name.removesuffix('.json')} | {len(tours)} | {optimum:.2f} | {one:.2f} | {above(one, optimum)} | {two:.2f} | {above(two, optimum)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
