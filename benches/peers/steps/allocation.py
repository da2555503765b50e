"""The best allocation for given hours at each point: one linear program, solved again from its last basis."""

import highspy
import numpy as np


def rows_model(columns, lower, upper, cost, integer, rows_lower, rows_upper, row, value, start):
    """A HiGHS model that maximises, from arrays by column."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
    lp.row_lower_, lp.row_upper_ = rows_lower, rows_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, row, value
    lp.sense_ = highspy.ObjSense.kMaximize
    if integer is not None:
        whole, free = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [whole if i else free for i in integer]
    return lp


def silent():
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("threads", 1)
    return highs


def limited(highs, clock):
    """Ends a run when its CPU time is up."""

    def look(event):
        if clock.left() <= 0:
            event.interrupt()

    highs.cbMipInterrupt += look
    highs.cbSimplexInterrupt += look
    return highs


class Allocation:
    """max Σ gain·x, each cell once, each point within its hours."""

    def __init__(self, facts):
        self.facts, pairs = facts, len(facts.pair_cell)
        self.cells = np.unique(facts.pair_cell)
        self.cell_row = np.searchsorted(self.cells, facts.pair_cell)
        rows = len(self.cells) + facts.points
        row = np.empty(2 * pairs, dtype=np.int32)
        value = np.empty(2 * pairs)
        row[0::2], row[1::2] = self.cell_row, len(self.cells) + facts.pair_point
        value[0::2], value[1::2] = 1.0, facts.pair_hours
        upper = np.concatenate([np.ones(len(self.cells)), np.zeros(facts.points)])
        self.highs = silent()
        self.highs.setOptionValue("presolve", "off")
        self.highs.passModel(
            rows_model(pairs, np.zeros(pairs), np.ones(pairs), facts.pair_gain, None, np.full(rows, -np.inf), upper, row, value, np.arange(0, 2 * pairs + 1, 2, dtype=np.int32))
        )
        # Cells without hours would be served by points nobody visits.
        self.weightless = [(j, int(facts.pair_point[j])) for j in range(pairs) if facts.pair_hours[j] < 1e-6]
        self.point_rows = np.arange(len(self.cells), rows, dtype=np.int32)
        self.runs = 0

    def value(self, offered):
        for column, point in self.weightless:
            self.highs.changeColBounds(column, 0.0, 1.0 if offered[point] > 0 else 0.0)
        self.highs.changeRowsBounds(len(self.point_rows), self.point_rows, np.full(len(offered), -np.inf), offered * (1 - 1e-9))
        self.highs.run()
        self.runs += 1
        return self.highs.getInfo().objective_function_value

    def prices(self):
        """Of cells, by pair (what a cell is worth elsewhere), and of hours at each point, at the last run."""
        dual = np.abs(np.array(self.highs.getSolution().row_dual))
        return dual[: len(self.cells)], dual[len(self.cells) :]

    def solution(self, tours):
        """The document of a plan: hours of a point are given to its visits one after the other."""
        facts = self.facts
        value = self.value(facts.offered(tours)) - facts.cost(tours)
        x = np.array(self.highs.getSolution().col_value)
        laid, room = [], {}
        for number, (team, first, stops) in enumerate(tours):
            laid.append({
                "team": facts.problem["teams"][team]["id"],
                "depart": facts.problem["days"][first]["date"],
                "stops": [{"point": facts.problem["points"][p]["id"], "days": m} for p, m in stops],
            })
            for at, ((p, _), hours) in enumerate(zip(stops, facts.shape(stops, facts.kind[team])[0])):
                room.setdefault(p, []).append([number, at, hours])
        parts = []
        for j in np.nonzero(x > 1e-9)[0]:
            left, hours = min(1.0, float(x[j])), float(facts.pair_hours[j])
            for visit in room[int(facts.pair_point[j])]:
                part = left if hours <= 0 else min(left, visit[2] / hours)
                if part > 1e-10:
                    parts.append({"cell": int(facts.pair_cell[j]), "tour": visit[0], "stop": visit[1], "x": part})
                    visit[2] -= part * hours
                    left -= part
        return {"schema": "tourplan-solution/1", "tours": laid, "allocation": parts, "objective": value}


class Worth:
    """K_p(C): the most a visit with C hours could bring at given prices of cells (a fractional knapsack, concave in C).

    Σ prices + Σ K_p(C_p) is never below the linear program's value (Lagrangian duality), so it sorts out hopeless changes.
    """

    def __init__(self, facts, allocation, cell_prices):
        self.total = float(cell_prices.sum())
        net = facts.pair_gain - cell_prices[allocation.cell_row]
        self.curves = []
        for p in range(facts.points):
            span = slice(facts.of_point[p], facts.of_point[p + 1])
            gain, hours = net[span], facts.pair_hours[span]
            kept = gain > 1e-9
            gain, hours = gain[kept], hours[kept]
            order = np.argsort(-gain / np.maximum(hours, 1e-12), kind="stable")
            self.curves.append((np.concatenate([[0.0], np.cumsum(hours[order])]), np.concatenate([[0.0], np.cumsum(gain[order])])))

    def at(self, point, hours):
        return float(np.interp(hours, *self.curves[point])) if hours > 0 else 0.0

    def of(self, offered):
        """Upper bound of the allocation's value for these hours."""
        return self.total + sum(self.at(p, h) for p, h in enumerate(offered) if h > 0)
