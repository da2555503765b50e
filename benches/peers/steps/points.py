"""Points and days: a facility location MILP, with what reaching a point takes in money and hours assumed."""

import highspy
import numpy as np

from steps.allocation import limited, rows_model, silent


def choose_points(facts, reach, drive, clock):
    """{point: days}: max Σ gain·x − Σ y·(reach + a day's cost·days), each point once, hours less the assumed driving."""
    options, price, offered, days_of = [], [], [], []
    kinds = range(len(facts.kinds))
    night = facts.costs["per_night"] * (facts.longest - 1) / facts.longest
    for p in range(facts.points):
        if facts.never[p]:
            continue
        for m in range(1, facts.most[p] + 1):
            for kind in kinds:
                _, hours_per_day, cost_per_day = facts.kinds[kind]
                options.append((p, m, kind))
                price.append(-(reach[p] + m * (cost_per_day + night + facts.fee[p])))
                offered.append(facts.hands[kind][p] * max(0.0, m * (hours_per_day - facts.setup) - drive[p]))
                days_of.append(m)
    pairs, cells = len(facts.pair_cell), np.unique(facts.pair_cell)
    cell_row = np.searchsorted(cells, facts.pair_cell)
    point_row, once_row = len(cells), len(cells) + facts.points
    kind_row = once_row + facts.points
    link_row = kind_row + len(facts.kinds)
    links = pairs if pairs <= 3000 else 0
    of_point = facts.of_point
    row, value, start = [], [], [0]
    for j in range(pairs):
        row += [cell_row[j], point_row + facts.pair_point[j]]
        value += [1.0, facts.pair_hours[j]]
        if links:
            row.append(link_row + j)
            value.append(1.0)
        start.append(len(row))
    for (p, _, kind), h, m in zip(options, offered, days_of):
        row += [point_row + p, once_row + p, kind_row + kind]
        value += [-h, 1.0, float(m)]
        if links:
            row += range(link_row + of_point[p], link_row + of_point[p + 1])
            value += [-1.0] * (of_point[p + 1] - of_point[p])
        start.append(len(row))
    budget = [sum(f.bit_count() for t, f in enumerate(facts.free) if facts.kind[t] == kind) for kind in kinds]
    upper = np.concatenate([np.ones(len(cells)), np.zeros(facts.points), np.ones(facts.points), budget, np.zeros(links)])
    lower = np.full(len(upper), -np.inf)
    for p in facts.must:
        lower[once_row + p] = 1.0
    highs = limited(silent(), clock)
    highs.setOptionValue("mip_rel_gap", 1e-3)
    columns = pairs + len(options)
    integer = [False] * pairs + [True] * len(options)
    highs.passModel(
        rows_model(columns, np.zeros(columns), np.ones(columns), np.concatenate([facts.pair_gain, price]), integer, lower, upper,
                   np.array(row, dtype=np.int32), np.array(value), np.array(start, dtype=np.int32))
    )
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return {}
    taken = highs.getSolution().col_value[pairs:]
    return {p: m for (p, m, _), y in zip(options, taken) if y > 0.5}
