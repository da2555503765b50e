#!/usr/bin/env python3
"""Plans many regions at once on a Dask cluster and rolls the plans up.

One region = one process = one folder: a region's workspace is planned by an ordinary `tourplan plan -C FOLDER`, so nothing is
shared and a region that fails is simply started again. A killed run leaves the last good plan.

    pip install "dask[distributed]==2026.8.0"
    python3 plan_regions.py --tourplan target/release/tourplan --month 2026-12 --out group REGION...

Without --scheduler the cluster is this machine. Exit status: 0 all planned · 1 a region failed for good (the others are
rolled up all the same, and the failed ones are named).
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from dask.distributed import Client, LocalCluster, as_completed

# 1 = failed while running (disk, killed): worth another try. 2, 3, 4 = usage, input, no plan: the same again.
WORTH_ANOTHER_TRY = {1}


class Interrupted(Exception):
    """The run failed in a way that another run may not."""


def plan(tourplan: str, region: str, month: str, extra: list[str]) -> dict:
    """Plans and checks one region; what it says comes back as it is."""
    command = [tourplan, "plan", "-C", region, "--month", month, "--quiet", "--json", *extra]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    # A process that was killed has a negative status.
    if run.returncode < 0 or run.returncode in WORTH_ANOTHER_TRY:
        raise Interrupted(f"{region}: status {run.returncode}: {run.stderr.strip()[-300:]}")
    if run.returncode != 0:
        return {"region": region, "status": run.returncode, "said": run.stderr.strip()}
    verify = subprocess.run(
        [tourplan, "verify", month, "-C", region, "--quiet"], capture_output=True, text=True, encoding="utf-8"
    )
    said = json.loads(run.stdout)
    return {"region": region, "status": verify.returncode, "plan": said["plan"], "said": verify.stdout.strip()}


def plan_all(client: Client, tourplan: str, regions: list[str], month: str, extra: list[str], retries: int) -> list[dict]:
    """Every region once; those interrupted are tried again, on any worker."""
    runs = {
        client.submit(plan, tourplan, region, month, extra, retries=retries, pure=False, key=f"plan-{region}"): region
        for region in regions
    }
    done = []
    for run in as_completed(runs):
        error = run.exception()
        done.append(run.result() if error is None else {"region": runs[run], "status": 1, "said": str(error)})
    return sorted(done, key=lambda one: regions.index(one["region"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("regions", nargs="+", help="workspaces, one a region")
    parser.add_argument("--tourplan", default="tourplan", help="the program, reachable by every worker")
    parser.add_argument("--month", required=True, help="yyyy-mm")
    parser.add_argument("--out", default="rollup", help="folder of the rollup")
    parser.add_argument("--scheduler", help="address of a running Dask scheduler; workers must see the same folders")
    parser.add_argument("--workers", type=int, help="processes at once on this machine (default: its cores)")
    parser.add_argument("--retries", type=int, default=2, help="further tries of a region that was interrupted")
    parser.add_argument("--effort", help="as of tourplan plan")
    args = parser.parse_args()
    extra = ["--effort", args.effort] if args.effort else []
    regions = [str(Path(region).resolve()) for region in args.regions]
    if args.scheduler:
        client = Client(args.scheduler)
    else:
        # The work is done by child processes: one thread a worker is enough.
        cluster = LocalCluster(n_workers=args.workers, threads_per_worker=1, dashboard_address=None)
        client = Client(cluster)
    with client:
        done = plan_all(client, args.tourplan, regions, args.month, extra, args.retries)
    good = [one for one in done if one["status"] == 0]
    for one in done:
        word = one.get("plan", "") if one["status"] == 0 else f"FAILED ({one['status']}): {one['said']}"
        print(f"{one['region']}: {word}")
    if good:
        plans = [str(Path(one["region"]) / "plans" / args.month) for one in good]
        together = subprocess.run([args.tourplan, "rollup", *plans, "--out", args.out])
        if together.returncode != 0:
            return 1
    return 0 if len(good) == len(done) else 1


if __name__ == "__main__":
    sys.exit(main())
