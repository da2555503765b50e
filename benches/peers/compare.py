"""Tool and chain side by side: the same problems, the same time, one checker.

    python3 compare.py TOOL FOLDER [SECONDS]

TOOL is the tourplan binary; FOLDER holds problem files. The tool runs with its default effort on one thread; the chain
then gets the time the tool took, and at least SECONDS (default 10). Prints a Markdown table.
"""

import glob
import json
import os
import subprocess
import sys
import time

from checker import check


def run(command, **more):
    started = time.time()
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "RAYON_NUM_THREADS": "1"}, **more)
    return json.loads(done.stdout), time.time() - started


def main(tool, folder, least):
    here = os.path.dirname(os.path.abspath(__file__))
    print("| problem | tool | s | chain | s | chain behind | bound of the tool |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    behind = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path, encoding="utf-8") as file:
            problem = json.load(file)
        if problem.get("schema") != "tourplan-problem/1":
            continue
        ours, took = run([tool, "solve", "territory", path])
        theirs, chain_took = run([sys.executable, os.path.join(here, "chain.py"), path, str(max(least, took))])
        (value, faults), (other, other_faults) = check(problem, ours), check(problem, theirs)
        if faults or other_faults:
            sys.exit(f"{path}: tool {faults[:3]}, chain {other_faults[:3]}")
        share = (value - other) / abs(value) if value else 0.0
        behind.append(share)
        name = os.path.basename(path).removesuffix(".json")
        print(f"| {name} | {value:.2f} | {took:.1f} | {other:.2f} | {chain_took:.1f} | {share:.2%} | {ours['bound']:.2f} |", flush=True)
    if behind:
        print(f"\nThe chain is {sum(behind) / len(behind):.2%} behind on average, at most {max(behind):.2%}, at least {min(behind):.2%}.")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 10.0)
