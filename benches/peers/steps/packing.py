"""All tours found by all settings, put together by one MILP: which of them, by which team, from which day, with the best
allocation inside. New tours are priced by the duals of its linear relaxation before."""

import highspy
import numpy as np

from steps.allocation import limited, rows_model, silent
from steps.pricing import tours_by_price


class Pool:
    """Lists of stops met so far, by kind of team, with the worth of the best plan they stood in."""

    def __init__(self, facts):
        self.facts, self.best = facts, {}

    def add(self, stops, kind, worth):
        if self.facts.shape(stops, kind) is not None:
            key = (stops, kind)
            self.best[key] = max(worth, self.best.get(key, float("-inf")))

    def add_plan(self, plan):
        for team, _, stops in plan.tours:
            self.add(stops, self.facts.kind[team], plan.worth)

    def top(self, most):
        return sorted(self.best, key=lambda key: (-self.best[key], key))[:most]


class Master:
    """max Σ gain·x − Σ cost·z; hours of a point from its tours; each cell once; each team's day once; visits and days."""

    def __init__(self, facts, allocation):
        self.facts, self.allocation = facts, allocation
        cells, points = len(allocation.cells), facts.points
        self.point_row, self.visit_row, self.days_row, self.day_row = cells, cells + points, cells + 2 * points, cells + 3 * points
        self.rows = self.day_row + facts.teams * facts.days
        self.columns, self.known, self.links = [], set(), []
        upper = np.concatenate([np.ones(cells), np.zeros(points), np.full(points, facts.visits), facts.max_days, np.ones(facts.teams * facts.days)])
        lower = np.full(self.rows, -np.inf)
        for p in facts.must:
            lower[self.visit_row + p] = 1.0
        pairs = len(facts.pair_cell)
        row, value = np.empty(2 * pairs, dtype=np.int32), np.empty(2 * pairs)
        row[0::2], row[1::2] = allocation.cell_row, self.point_row + facts.pair_point
        value[0::2], value[1::2] = 1.0, facts.pair_hours
        self.until, self.pairs = None, pairs
        self.highs = limited(silent(), self)
        self.highs.passModel(rows_model(pairs, np.zeros(pairs), np.ones(pairs), facts.pair_gain, None, lower, upper.astype(float), row, value, np.arange(0, 2 * pairs + 1, 2, dtype=np.int32)))
        self.link_of = {}

    def left(self):
        """For the solver: the time the step at hand has left."""
        return self.until.left() if self.until else 1.0

    def add(self, shapes):
        """Columns for every placement of the (stops, kind)."""
        facts, costs, starts, index, value = self.facts, [], [0], [], []
        for stops, kind in shapes:
            if (stops, kind) in self.known:
                continue
            self.known.add((stops, kind))
            offered, cost = facts.shape(stops, kind)
            for team in range(facts.teams):
                if facts.kind[team] != kind:
                    continue
                for first, mask in facts.placements(stops, team):
                    self.columns.append((team, first, stops))
                    costs.append(-cost)
                    for (p, m), h in zip(stops, offered):
                        index += [self.point_row + p, self.visit_row + p, self.days_row + p]
                        value += [-h * (1 - 1e-9), 1.0, float(m)]
                        for link in self.link_of.get(p, ()):
                            index.append(link)
                            value.append(-1.0)
                    for day in range(facts.days):
                        if mask >> day & 1:
                            index.append(self.day_row + team * facts.days + day)
                            value.append(1.0)
                    starts.append(len(index))
        if costs:
            n = len(costs)
            self.highs.addCols(n, np.array(costs), np.zeros(n), np.ones(n), len(index), np.array(starts[:-1], dtype=np.int32), np.array(index, dtype=np.int32), np.array(value))
        return len(costs)

    def link(self, x, z, most=4000):
        """Rows x ≤ Σ z of the point, where broken; True where some were added."""
        facts = self.facts
        visited = np.zeros(facts.points)
        for (_, _, stops), part in zip(self.columns, z):
            if part > 1e-9:
                for p, _ in stops:
                    visited[p] += part
        over = x - visited[facts.pair_point]
        broken = [int(j) for j in np.argsort(-over, kind="stable")[:most] if over[j] > 1e-4]
        if not broken:
            return False
        by_point = {}
        for at, (_, _, stops) in enumerate(self.columns):
            for p, _ in stops:
                by_point.setdefault(p, []).append(self.pairs + at)
        starts, index, value = [], [], []
        for j in broken:
            p = int(facts.pair_point[j])
            starts.append(len(index))
            index += [j, *by_point.get(p, [])]
            value += [1.0] + [-1.0] * len(by_point.get(p, []))
            self.link_of.setdefault(p, []).append(self.rows + len(self.links))
            self.links.append(j)
        n = len(broken)
        self.highs.addRows(n, np.full(n, -np.inf), np.zeros(n), len(index), np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), np.array(value))
        return True

    def relaxed(self, clock):
        """The linear relaxation with its links: (value, z, duals without and with sign, reduced costs), or None."""
        self.until = clock
        while True:
            if clock.left() <= 0:
                return None
            self.highs.run()
            if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            solution = self.highs.getSolution()
            x, z = np.array(solution.col_value[: self.pairs]), np.array(solution.col_value[self.pairs :])
            if not self.link(x, z):
                return self.highs.getInfo().objective_function_value, z, np.abs(np.array(solution.row_dual)), np.array(solution.row_dual), np.array(solution.col_dual[self.pairs :])

    def by_duals(self, relaxation, clock, least, width, keep, each):
        """[(stops, kind)] not yet known whose worth at the duals is above `least`, best first."""
        facts, (_, _, dual, signed, _) = self.facts, relaxation
        hour = dual[self.point_row : self.visit_row]
        # The row of visits also holds "must": its dual may have either sign.
        once = signed[self.visit_row : self.days_row] * (1.0 if signed[: self.point_row].sum() >= 0 else -1.0)
        length = dual[self.days_row : self.day_row]
        links = np.zeros(facts.points)
        for at, j in enumerate(self.links):
            links[facts.pair_point[j]] += dual[self.rows + at]
        found, m = {}, np.arange(facts.longest + 1)
        for team in range(facts.teams):
            kind = facts.kind[team]
            whole = facts.kinds[kind][1] - facts.setup
            base = hour[:, None] * facts.hands[kind][:, None] * m * whole + (links - once)[:, None] - length[:, None] * m
            slope = np.repeat(hour[:, None], facts.longest + 1, axis=1)
            prices = dual[self.day_row + team * facts.days : self.day_row + (team + 1) * facts.days]
            for first in range(facts.days):
                if clock.left() <= 0:
                    break
                if facts.free[team] >> first & 1:
                    for worth, stops in tours_by_price(facts, team, first, base, slope, prices, facts.never, width, keep)[:each]:
                        if worth > least and (stops, kind) not in self.known:
                            found[stops, kind] = max(worth, found.get((stops, kind), worth))
        return sorted(found, key=lambda key: (-found[key], key))

    def priced(self, clock, rounds=60):
        """Prices new tours until none pays or the time is up; the last relaxation, or None."""
        last = None
        for _ in range(rounds):
            found = self.relaxed(clock)
            if found is None:
                return last
            last = found
            fresh = self.by_duals(last, clock, 1e-4, width=50, keep=3, each=6)[:40]
            if not fresh or not self.add(fresh):
                return last
        return self.relaxed(clock) or last

    def widened(self, relaxation, incumbent, clock, most=800):
        """Also the tours that pay nothing at the duals but may stand in a better plan; the relaxation with them."""
        gap = max(0.0, relaxation[0] - incumbent.worth)
        fresh = self.by_duals(relaxation, clock, -gap, width=150, keep=12, each=400)[:most]
        return (self.add(fresh) and self.relaxed(clock)) or relaxation

    def packed(self, clock, incumbent, relaxation):
        """The best plan of the tours at hand; columns that cannot stand in a better one are left out."""
        facts = self.facts
        value, _, _, _, reduced = relaxation
        gap = max(0.0, value - incumbent.worth)
        if len(reduced) < len(self.columns):
            reduced = np.zeros(len(self.columns))
        # What the solver can handle in seconds shrinks with the allocation inside.
        most = min(6000, max(500, 3_000_000 // max(1, self.pairs)))
        stays = [int(at) for at in np.argsort(np.abs(reduced), kind="stable")[:most] if abs(reduced[at]) <= gap + 1e-6]
        highs = limited(silent(), clock)
        lp = self.highs.getLp()
        highs.passModel(lp)
        n = len(self.columns)
        integer = np.arange(self.pairs, self.pairs + n, dtype=np.int32)
        highs.changeColsIntegrality(n, integer, np.full(n, highspy.HighsVarType.kInteger))
        stay = np.zeros(n)
        stay[stays] = 1.0
        taken = {tour: at for at, tour in enumerate(self.columns)}
        begin = np.zeros(self.pairs + n)
        for tour in incumbent.tours:
            at = taken.get(tour)
            if at is not None:
                stay[at] = begin[self.pairs + at] = 1.0
        highs.changeColsBounds(n, integer, np.zeros(n), stay)
        self.allocation.value(incumbent.offered)
        begin[: self.pairs] = self.allocation.highs.getSolution().col_value
        solution = highspy.HighsSolution()
        solution.col_value = list(begin)
        solution.value_valid = True
        highs.setSolution(solution)
        highs.setOptionValue("mip_rel_gap", 1e-5)
        highs.run()
        answer = highs.getSolution().col_value
        if not answer:
            return None, len(stays)
        return [tour for tour, z in zip(self.columns, answer[self.pairs :]) if z > 0.5], len(stays)
