"""The chain a good engineer would otherwise build, of known solvers: see README.md beside this file.

    pip install highspy==1.16.0 pyvrp==0.14.1 numpy
    python3 chain.py problem.json CPU_SECONDS [steps|all] > solution.json
"""

import json
import os
import random
import sys

import numpy as np

from steps.allocation import Allocation, Worth
from steps.dates import placed
from steps.facts import Clock, Facts
from steps.mending import Plan, mended
from steps.packing import Master, Pool
from steps.points import choose_points
from steps.pricing import tables, tours_by_price
from steps.routes import routed, stretches


class Chain:
    def __init__(self, problem, clock, log):
        self.facts, self.clock, self.log = Facts(problem), clock, log
        self.allocation = Allocation(self.facts)
        self.pool, self.chance = Pool(self.facts), random.Random(1)
        self.best = None

    def better(self, plan, word):
        """Keeps the better plan; plans without a visit that must be count as worth nothing."""
        if plan is None or self.facts.missing(plan.tours):
            return False
        if self.best is None or plan.worth > self.best.worth + 1e-6:
            self.best = plan
            if self.log:
                print(f"{self.clock.left():7.1f} s left: {plan.worth:.2f} by {word}", file=sys.stderr, flush=True)
            return True
        return False

    def hour_worth(self, hours):
        """Money per hour at the wheel: what an hour of service brings at the points visited."""
        return float(np.mean(hours[hours > 0])) * float(np.mean(self.facts.hands[0])) if (hours > 0).any() else 0.0

    def prizes(self, worth, kind=0):
        """What a visit brings before legs, by (point, days)."""
        facts = self.facts
        _, hours_per_day, cost_per_day = facts.kinds[kind]
        hands = np.mean([facts.hands[k] for k in facts.kind], axis=0)
        prizes = {}
        for p in range(facts.points):
            for m in range(1, facts.most[p] + 1):
                if not facts.never[p]:
                    gain = worth.at(p, hands[p] * m * (hours_per_day - facts.setup)) - m * (cost_per_day + facts.fee[p])
                    prizes[p, m] = gain + (1e5 if p in facts.must else 0.0)
        return prizes

    def toured(self, stays, clock, reconsider):
        """Tours and dates for the days at each point; PyVRP may choose other points and days where asked to."""
        facts = self.facts
        hours = np.zeros(facts.points)
        for p, m in stays.items():
            hours[p] = facts.hands[0][p] * m * (facts.kinds[0][1] - facts.setup - 0.5)
        self.allocation.value(hours)
        cells, points = self.allocation.prices()
        worth = Worth(facts, self.allocation, cells)
        prizes = self.prizes(worth)
        if not reconsider:
            prizes = {(p, m): prizes[p, m] + 500.0 for p, m in stays.items() if (p, m) in prizes}
        groups = routed(facts, prizes, stretches(facts, self.chance), clock, self.chance.randrange(10**6), self.hour_worth(points))
        return self.dated([stops for stops in groups if stops], worth)

    def dated(self, groups, worth):
        """One tour after the other, the most valuable first, in its best order, with the team that makes most of it."""
        facts = self.facts

        def brings(stops, kind):
            laid = facts.shape(stops, kind)
            return float("-inf") if laid is None else sum(worth.at(p, h) for (p, _), h in zip(stops, laid[0])) - laid[1]

        tours, kinds = [], range(len(facts.kinds))
        queue = sorted(groups, key=lambda stops: (-sum(m for _, m in stops), stops))
        while queue:
            stops = queue.pop(0)
            ways = sorted(((-brings(order, kind), order, kind) for order in facts.best_orders(stops, 4) for kind in kinds))
            for lost, order, kind in ways:
                if lost == float("inf"):
                    continue
                now = placed(facts, tours, [(kind, order)])
                if now is not None and facts.allowed(now):
                    tours = now
                    break
            else:
                if len(stops) > 1:
                    queue = [stops[: len(stops) // 2], stops[len(stops) // 2 :], *queue]
                elif stops[0][1] > 1:
                    queue.append(((stops[0][0], stops[0][1] - 1),))
        return tours

    def assumed(self, plan, share):
        """What reaching each point takes, in money and hours: from the tours of a plan, elsewhere by insertion."""
        facts = self.facts
        reach, drive = np.zeros(facts.points), np.zeros(facts.points)
        per_km = facts.costs["per_km"]
        stopped = {p for _, _, stops in plan.tours for p, _ in stops} if plan else set()
        for p in range(facts.points):
            km = facts.km[0, p + 1] + facts.km[p + 1, 0]
            hours = facts.hours[0, p + 1] + facts.hours[p + 1, 0]
            if plan:
                others = [q + 1 for q in stopped if q != p]
                near = sorted(others, key=lambda q: (facts.km[p + 1, q], q))[:2]
                for q in near:
                    more = facts.km[q, p + 1] + facts.km[p + 1, 0] - facts.km[q, 0]
                    if more < km:
                        km, hours = more, max(0.0, facts.hours[q, p + 1] + facts.hours[p + 1, 0] - facts.hours[q, 0])
                km, hours = (km + share * (facts.km[0, p + 1] + facts.km[p + 1, 0])) / 2, (hours + share * (facts.hours[0, p + 1] + facts.hours[p + 1, 0])) / 2
            else:
                km, hours = share * km, share * hours
            reach[p], drive[p] = per_km * km, hours
        return reach, drive

    def started(self, share, plan, again, clock):
        """A plan by points, tours and dates with an assumed share of the way out and back (or from the tours of a plan)."""
        reach, drive = self.assumed(plan, share)
        stays = choose_points(self.facts, reach, drive, clock.part(0.6))
        tours = self.toured(stays, clock.part(0.8) if clock.left() > 0 else Clock(0.05), again)
        return Plan(self.facts, self.allocation, tours)

    def settings(self, clock):
        """Plans for each setting of what has to be assumed, the best mended first; then again with what was found."""
        shares, started = (0.5, 0.75, 0.35, 1.0), []
        ways = [(share, again) for again in (False, True) for share in shares]
        build = clock.part(0.35)
        for number, (share, again) in enumerate(ways):
            if build.left() <= 0:
                break
            plan = self.started(share, None, again, build.part(1 / (len(ways) - number)))
            self.pool.add_plan(plan)
            started.append((-plan.worth, number, plan))
            self.better(plan, f"setting {number + 1} before mending")
        for number, (_, which, plan) in enumerate(sorted(started, key=lambda entry: entry[:2])):
            if clock.left() <= 0:
                return
            self.mend(plan, clock.part(0.8), f"setting {which + 1}")
        for number, share in enumerate(shares):
            if clock.left() <= 0:
                return
            part = clock.part(1 / (len(shares) - number))
            self.mend(self.started(share, self.best, False, part.part(0.5)), part, f"setting {number + 9}, fed back")

    def mend(self, plan, clock, word):
        before = plan.worth
        plan = mended(self.facts, self.allocation, plan, clock, self.pool)
        self.pool.add_plan(plan)
        if self.log:
            print(f"   {word}: {before:.1f} mended {plan.worth:.1f}{'' if clock.left() > 0 else ', cut short'}", file=sys.stderr)
        self.better(plan, word)

    def shaken(self, plan, hard):
        """Without some tours, and the gaps filled one after the other by the best tours at the prices of the moment."""
        facts, chance = self.facts, self.chance
        kept = list(plan.tours)
        if kept:
            seed = chance.choice(kept)
            many = min(len(kept), chance.choice((1, 2, 2, 3, 4))) if not hard else (len(kept) + 1) // 2
            if chance.random() < 0.5:
                kept.sort(key=lambda tour: min(facts.km[p + 1, q + 1] for p, _ in seed[2] for q, _ in tour[2]))
            else:
                kept.sort(key=lambda tour: (tour[0] != seed[0], abs(tour[1] - seed[1])) if chance.random() < 0.9 else (True, 99))
            kept = kept[many:]
        barred_points = {p for _, _, stops in plan.tours for p, _ in stops if chance.random() < 0.1} - set(facts.must)
        plan = Plan(facts, self.allocation, kept)
        average = plan.worth / max(1, sum(m for _, _, stops in kept for _, m in stops)) if kept else 0.0
        while self.clock.left() > 0:
            worth = plan.priced(facts, self.allocation)
            visits, _ = facts.counts(plan.tours)
            barred = [facts.never[p] or visits.get(p, 0) >= facts.visits or p in barred_points for p in range(facts.points)]
            taken = [0] * facts.teams
            for team, first, stops in plan.tours:
                length = sum(m for _, m in stops)
                taken[team] |= ((1 << (length + facts.home_rest)) - 1) << first
            choices = []
            price = np.full(facts.days, 0.0)
            for team in range(facts.teams):
                base, slope = tables(facts, worth, facts.kind[team])
                whole = facts.free[team]
                facts.free[team] = whole & ~taken[team]
                for first in range(facts.days):
                    if facts.free[team] >> first & 1 and (first == 0 or not facts.free[team] >> (first - 1) & 1 or chance.random() < 0.3):
                        for value, stops in tours_by_price(facts, team, first, base, slope, price, barred, width=30, keep=3)[:4]:
                            length = sum(m for _, m in stops)
                            mask = ((1 << (length + facts.home_rest)) - 1) << first
                            if value > 0 and not mask & taken[team]:
                                choices.append((value - 0.7 * average * length + chance.gauss(0, 0.05) * abs(value), (team, first, stops), value))
                facts.free[team] = whole
            choices.sort(reverse=True)
            for _, tour, _ in choices[:3]:
                if not facts.allowed([*plan.tours, tour]):
                    continue
                other = Plan(facts, self.allocation, [*plan.tours, tour])
                if other.worth > plan.worth:
                    plan = other
                    break
            else:
                return plan
        return plan

    def searched(self, clock):
        """Takes tours out of the best plan, fills the gaps, mends; keeps what is better, now and then what is not."""
        current, rounds, stalled = self.best, 0, 0
        while clock.left() > 0 and self.best is not None:
            rounds += 1
            plan = self.shaken(current, stalled > 40)
            self.pool.add_plan(plan)
            if stalled > 40 or plan.worth > current.worth - 0.03 * abs(current.worth):
                plan = mended(self.facts, self.allocation, plan, clock, self.pool)
            missing = self.facts.missing(plan.tours)
            if not missing and (stalled > 40 or plan.worth > current.worth - 0.003 * abs(current.worth) * self.chance.random()):
                current, stalled = plan, 0 if stalled > 40 else stalled
            stalled += 1
            if self.better(plan, f"taking out, round {rounds}"):
                stalled = 0
            if self.chance.random() < 0.03:
                current = self.best
        if self.log:
            print(f"   {rounds} rounds, {self.allocation.runs} allocations, pool {len(self.pool.best)}", file=sys.stderr)

    def packed(self, clock):
        """Prices tours by the duals, then the MILP over all of them."""
        master = Master(self.facts, self.allocation)
        if self.best:
            master.add((stops, self.facts.kind[team]) for team, _, stops in self.best.tours)
        master.add(self.pool.top(600))
        relaxation = master.priced(clock.part(0.4))
        if relaxation is None or self.best is None:
            return
        relaxation = master.widened(relaxation, self.best, clock.part(0.25))
        if self.log:
            print(f"   relaxation {relaxation[0]:.1f} with {len(master.columns)} columns, {len(master.links)} links", file=sys.stderr)
        tours, stay = master.packed(clock, self.best, relaxation)
        if tours:
            plan = Plan(self.facts, self.allocation, tours)
            if self.log:
                print(f"   packed {plan.worth:.2f} of {stay} columns", file=sys.stderr)
            self.better(plan, "packing")


def main(path, seconds, steps, log):
    with open(path, encoding="utf-8") as file:
        problem = json.load(file)
    # Solvers print a word of their own here and there: only the plan goes to the standard output.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    chain = Chain(problem, Clock(seconds), log)
    everything = steps == "all"
    chain.settings(chain.clock.part(0.4))
    chain.searched(chain.clock.part(0.5 if everything else 1.0))
    if everything:
        chain.packed(chain.clock.part(0.8))
        chain.searched(chain.clock)
    tours = chain.best.tours if chain.best else []
    json.dump(chain.allocation.solution(tours), answer)
    answer.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "all", "--log" in sys.argv)
