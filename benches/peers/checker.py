"""The rules of problem.json and the objective of a solution, computed from the two documents alone.

Independent of the tool: written from the format's description, used for every contestant alike.
"""

TOLERANCE = 1e-6


def tour_days(problem, tour):
    """The days of a tour and, for each, its stop and its hours of driving; km of all legs."""
    index = {point["id"]: at + 1 for at, point in enumerate(problem["points"])}
    dates = [day["date"] for day in problem["days"]]
    day = dates.index(tour["depart"])
    legs, laid, km, here = problem["legs"], [], 0.0, 0
    for number, stop in enumerate(tour["stops"]):
        there = index[stop["point"]]
        km += legs["km"][here][there]
        for of_stop in range(stop["days"]):
            laid.append([day, number, legs["hours"][here][there] if of_stop == 0 else 0.0])
            day += 1
        here = there
    km += legs["km"][here][0]
    laid[-1][2] += legs["hours"][here][0]
    return laid, km


def faults_of_tour(problem, tour):
    """Every rule a tour breaks by itself, and its facts: (faults, days, hours by stop, cost)."""
    faults, limits = [], problem["limits"]
    team = next((t for t in problem["teams"] if t["id"] == tour["team"]), None)
    points = {point["id"]: point for point in problem["points"]}
    names = [stop["point"] for stop in tour["stops"]]
    if team is None or not names or len(set(names)) < len(names) or any(s["days"] < 1 for s in tour["stops"]):
        return ["not a tour"], [], [], 0.0
    dates = [day["date"] for day in problem["days"]]
    total = sum(stop["days"] for stop in tour["stops"])
    if tour["depart"] not in dates or dates.index(tour["depart"]) + total > len(dates):
        return ["days outside the list"], [], [], 0.0
    laid, km = tour_days(problem, tour)
    if total - 1 > limits["max_nights"]:
        faults.append("nights")
    if limits.get("first_depart") and tour["depart"] < limits["first_depart"]:
        faults.append("too early")
    hours = [0.0] * len(names)
    for day, stop, drive in laid:
        date, point = dates[day], points[names[stop]]
        left = team["hours_per_day"] - limits["setup_hours"] - drive
        if not problem["days"][day]["work"] or date in team["days_off"]:
            faults.append("rest day")
        if point["open"] is not None and date not in point["open"]:
            faults.append("closed")
        if drive > limits["max_drive_hours_per_day"] + TOLERANCE or left < limits["min_service_hours"] - TOLERANCE:
            faults.append("driving")
        hours[stop] += min(team["technicians"], point["bays"]) * max(0.0, left) * limits["utilisation"]
    cost = problem["costs"]["per_km"] * km + problem["costs"]["per_night"] * (total - 1) + team["cost_per_day"] * total
    cost += sum(points[stop["point"]]["fee_per_day"] * stop["days"] for stop in tour["stops"])
    return faults, [day for day, _, _ in laid], hours, cost


def check(problem, solution):
    """(objective, faults): the objective by the format's formula, and every rule broken."""
    faults, offered, cost, busy, visits = [], [], 0.0, [], {}
    for number, tour in enumerate(solution["tours"]):
        said, days, hours, spent = faults_of_tour(problem, tour)
        faults += [f"tour {number}: {fault}" for fault in said]
        offered.append(hours)
        cost += spent
        if days:
            busy.append((tour["team"], days[0], days[-1]))
            day = 0
            for stop in tour["stops"]:
                first = problem["days"][days[day]]["date"]
                visits.setdefault(stop["point"], []).append((first, stop["days"]))
                day += stop["days"]
    busy.sort()
    for one, two in zip(busy, busy[1:]):
        if one[0] == two[0] and two[1] <= one[2] + problem["limits"]["min_days_home"]:
            faults.append(f"{one[0]} on two tours at once")
    for point in problem["points"]:
        there = visits.get(point["id"], [])
        if len(there) > problem["limits"]["visits_per_point"]:
            faults.append(f"{point['id']}: visits")
        if point["max_days"] is not None and sum(days for _, days in there) > point["max_days"]:
            faults.append(f"{point['id']}: days")
        pin = point["pin"]
        kept = pin is None or (not there if pin == "never" else bool(there) if pin == "must" else any(first == pin for first, _ in there))
        if not kept:
            faults.append(f"{point['id']}: pin")
    pairs = {(pair["cell"], problem["points"][pair["point"]]["id"]): pair for pair in problem["pairs"]}
    served, used, value = {}, {}, 0.0
    for part in solution["allocation"]:
        stop = solution["tours"][part["tour"]]["stops"][part["stop"]]
        pair = pairs.get((part["cell"], stop["point"]))
        if pair is None or not -TOLERANCE <= part["x"] <= 1 + TOLERANCE:
            faults.append("allocation")
            continue
        cell = problem["cells"][part["cell"]]
        served[part["cell"]] = served.get(part["cell"], 0.0) + part["x"]
        at = (part["tour"], part["stop"])
        used[at] = used.get(at, 0.0) + part["x"] * pair["share"] * cell["hours"]
        value += part["x"] * (pair["share"] * cell["value"] - pair["cost"])
    faults += [f"cell {cell} served {x:.6f} times" for cell, x in served.items() if x > 1 + TOLERANCE]
    for (tour, stop), hours in used.items():
        room = offered[tour][stop] if offered[tour] else 0.0
        if hours > room + TOLERANCE * max(1.0, room):
            faults.append(f"tour {tour} stop {stop}: {hours:.4f} h of {room:.4f}")
    return value - cost, faults
