"""Start a Dask cluster, print its scheduler's address, end with the standard input.

Run as a program with the number of workers, so that Dask's threads stay out of the tests' process.
"""

import sys

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        workers = [worker.address for worker in cluster.workers.values()]
        sys.stdout.write(" ".join([cluster.scheduler_address, *workers]) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
