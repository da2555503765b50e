"""What problem.json says, as arrays, and what a list of stops offers and costs.

A tour here is (team, first day, stops); stops are ((point, days), …) by index, the point counted from 0.
"""

from itertools import permutations
from time import process_time

import numpy as np


class Clock:
    """CPU seconds of this process: a busy machine takes nothing from the chain."""

    def __init__(self, seconds):
        self.start, self.end = process_time(), process_time() + seconds

    def left(self):
        return self.end - process_time()

    def part(self, share):
        """A clock that ends after a share of what is left."""
        return Clock(max(0.0, self.left() * share))


class Facts:
    def __init__(self, problem):
        self.problem = problem
        limits, self.costs = problem["limits"], problem["costs"]
        points, days, teams = problem["points"], problem["days"], problem["teams"]
        self.points, self.days, self.teams = len(points), len(days), len(teams)
        self.km = np.array(problem["legs"]["km"], dtype=float)
        self.hours = np.array(problem["legs"]["hours"], dtype=float)
        self.fee = np.array([p["fee_per_day"] for p in points], dtype=float)
        self.longest = min(limits["max_nights"] + 1, self.days)
        self.home_rest, self.util = limits["min_days_home"], limits["utilisation"]
        self.least, self.most_drive, self.setup = limits["min_service_hours"], limits["max_drive_hours_per_day"], limits["setup_hours"]
        self.visits = limits["visits_per_point"]
        dates = {day["date"]: at for at, day in enumerate(days)}
        self.most = [min(self.longest, self.longest if p["max_days"] is None else p["max_days"]) for p in points]
        self.max_days = [10**6 if p["max_days"] is None else p["max_days"] for p in points]
        self.never = [p["pin"] == "never" or m < 1 for p, m in zip(points, self.most)]
        self.must = [p for p, point in enumerate(points) if point["pin"] not in (None, "never")]
        self.pin_day = [dates.get(p["pin"], -1 if p["pin"] not in (None, "must", "never") else None) for p in points]
        self.open = [sum(1 << d for d, day in enumerate(days) if p["open"] is None or day["date"] in p["open"]) for p in points]
        self.free = [sum(1 << d for d, day in enumerate(days) if day["work"] and day["date"] not in t["days_off"]) for t in teams]
        first = limits.get("first_depart")
        self.may_leave = sum(1 << d for d, day in enumerate(days) if not first or day["date"] >= first)
        kinds = sorted({self.kind_key(t) for t in teams})
        self.kind = [kinds.index(self.kind_key(t)) for t in teams]
        self.kinds = kinds
        # hands[kind][point]: hours of service per hour at the point.
        bays = np.array([p["bays"] for p in points], dtype=float)
        self.hands = [np.minimum(k[0], bays) * self.util for k in kinds]
        self.pairs_of(problem)
        self.laid, self.starts, self.orders = {}, {}, {}

    @staticmethod
    def kind_key(team):
        return team["technicians"], team["hours_per_day"], team["cost_per_day"]

    def pairs_of(self, problem):
        cells = problem["cells"]
        rows = [
            (pair["cell"], pair["point"], pair["share"] * cells[pair["cell"]]["value"] - pair["cost"], pair["share"] * cells[pair["cell"]]["hours"])
            for pair in problem["pairs"]
        ]
        rows = sorted((row for row in rows if row[2] > 0), key=lambda row: (row[1], row[0]))
        self.pair_cell = np.array([r[0] for r in rows], dtype=np.int32)
        self.pair_point = np.array([r[1] for r in rows], dtype=np.int32)
        self.pair_gain = np.array([r[2] for r in rows])
        self.pair_hours = np.array([r[3] for r in rows])
        self.of_point = np.searchsorted(self.pair_point, np.arange(self.points + 1))

    def shape(self, stops, kind):
        """(hours offered at each stop, cost), or None where driving breaks a rule."""
        key = (stops, kind)
        if key not in self.laid:
            self.laid[key] = self.lay(stops, kind)
        return self.laid[key]

    def lay(self, stops, kind):
        _, hours_per_day, cost_per_day = self.kinds[kind]
        total = sum(m for _, m in stops)
        if total > self.longest or len({p for p, _ in stops}) < len(stops) or any(m < 1 or m > self.most[p] or self.never[p] for p, m in stops):
            return None
        here, km, offered, last = 0, 0.0, [], len(stops) - 1
        whole = hours_per_day - self.setup
        for at, (p, m) in enumerate(stops):
            drive = self.hours[here, p + 1]
            home = self.hours[p + 1, 0] if at == last else 0.0
            worst = max(drive, home) if m > 1 else drive + home
            if worst > self.most_drive or whole - worst < self.least or whole - worst < 0:
                return None
            km += self.km[here, p + 1]
            offered.append(self.hands[kind][p] * (m * whole - drive - home))
            here = p + 1
        km += self.km[here, 0]
        cost = self.costs["per_km"] * km + self.costs["per_night"] * (total - 1) + cost_per_day * total
        return tuple(offered), float(cost + sum(self.fee[p] * m for p, m in stops))

    def placements(self, stops, team):
        """[(first day, mask of the days taken, with the rest at home after them)] that break no rule of the tour."""
        key = (stops, team)
        if key in self.starts:
            return self.starts[key]
        found, total = [], sum(m for _, m in stops)
        if self.shape(stops, self.kind[team]) is not None:
            for first in range(self.days - total + 1):
                days, day, good = ((1 << total) - 1) << first, first, self.may_leave >> first & 1
                if not good or days & ~self.free[team]:
                    continue
                for p, m in stops:
                    stay = ((1 << m) - 1) << day
                    if stay & ~self.open[p] or (self.pin_day[p] is not None and self.pin_day[p] != day):
                        good = False
                        break
                    day += m
                if good:
                    found.append((first, ((1 << (total + self.home_rest)) - 1) << first))
        self.starts[key] = found
        return found

    def best_orders(self, stops, keep=2):
        """Orders of the stops with the least of kilometres and hours at the wheel."""
        key = tuple(sorted(stops))
        if key not in self.orders:
            def length(order):
                at = [0, *(p + 1 for p, _ in order), 0]
                return sum(self.costs["per_km"] * self.km[i, j] + 300.0 * self.hours[i, j] for i, j in zip(at, at[1:]))

            every = permutations(key) if len(key) <= 4 else [stops, tuple(reversed(stops))]
            self.orders[key] = sorted(every, key=lambda order: (length(order), order))[: max(keep, 4)]
        return self.orders[key][:keep]

    def cost(self, tours):
        return sum(self.shape(stops, self.kind[team])[1] for team, _, stops in tours)

    def offered(self, tours):
        """Hours offered at each point."""
        hours = np.zeros(self.points)
        for team, _, stops in tours:
            for (p, _), h in zip(stops, self.shape(stops, self.kind[team])[0]):
                hours[p] += h
        return hours

    def counts(self, tours):
        """Visits and days at each point."""
        visits, days = {}, {}
        for _, _, stops in tours:
            for p, m in stops:
                visits[p], days[p] = visits.get(p, 0) + 1, days.get(p, 0) + m
        return visits, days

    def allowed(self, tours):
        visits, days = self.counts(tours)
        return all(n <= self.visits for n in visits.values()) and all(n <= self.max_days[p] for p, n in days.items())

    def missing(self, tours):
        visits, _ = self.counts(tours)
        return [p for p in self.must if p not in visits]
