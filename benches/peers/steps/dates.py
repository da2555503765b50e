"""Dates: tours onto the days of the teams, by depth-first search over the places left."""


def masks(facts, tours):
    """Days taken, team by team."""
    taken = [0] * facts.teams
    for team, first, stops in tours:
        total = sum(m for _, m in stops)
        taken[team] |= ((1 << (total + facts.home_rest)) - 1) << first
    return taken


def placed(facts, kept, added, nodes=300):
    """The plan of the tours kept and the (kind, stops) added: in the gaps, else with all tours dated anew; or None."""
    found = search(facts, masks(facts, kept), added, nodes)
    if found is not None:
        return [*kept, *found]
    anew = [(facts.kind[team], stops) for team, _, stops in kept] + list(added)
    length = sum(sum(m for _, m in stops) for _, stops in anew)
    if length > sum(free.bit_count() for free in facts.free):
        return None
    return search(facts, [0] * facts.teams, anew, nodes)


def search(facts, taken, wanted, nodes):
    """A place for each of the wanted (kind, stops), the one with fewest places first."""
    options = []
    for kind, stops in wanted:
        here = [(team, first, mask) for team in range(facts.teams) if facts.kind[team] == kind for first, mask in facts.placements(stops, team)]
        options.append((-sum(m for _, m in stops), len(here), stops, here))
    options.sort(key=lambda option: option[:3])
    left, taken, answer = [nodes], list(taken), []

    def deeper(at):
        if at == len(options):
            return True
        for team, first, mask in options[at][3]:
            if left[0] <= 0:
                return False
            if not taken[team] & mask:
                left[0] -= 1
                taken[team] |= mask
                answer.append((team, first, options[at][2]))
                if deeper(at + 1):
                    return True
                answer.pop()
                taken[team] &= ~mask
        return False

    return answer if deeper(0) else None
