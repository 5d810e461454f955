"""What Python's usual libraries need for the same history: seconds, processor time and peak memory as JSON.
usage: python-baselines.py probe | cosine-baskets DIR | cosine-customers DIR | ease DIR
DIR holds line by line, as 32-bit integers: item.bin, basket.bin, customer.bin (-1 = guest)."""
import json
import resource
import sys
import time

import numpy as np
import scipy.sparse as sparse
from sklearn.metrics.pairwise import cosine_similarity

RIDGE = 200.0


def matrix(folder: str, rows_of: str) -> sparse.csr_matrix:
    """One row for each basket or customer, 1 where it holds the item."""
    item = np.fromfile(f"{folder}/item.bin", dtype=np.int32)
    row = np.fromfile(f"{folder}/{rows_of}.bin", dtype=np.int32)
    named = row >= 0
    result = sparse.csr_matrix((np.ones(named.sum()), (row[named], item[named])))
    result.data[:] = 1.0
    return result


def ease(customers: sparse.csr_matrix) -> np.ndarray:
    """Steck 2019: dense Gram matrix, its inverse, weights."""
    gram = (customers.T @ customers).toarray()
    diagonal = np.diag_indices(gram.shape[0])
    gram[diagonal] += RIDGE
    inverse = np.linalg.inv(gram)
    weights = inverse / -np.diag(inverse)
    weights[diagonal] = 0.0
    return weights


def main(work: str, folder: str) -> None:
    data = matrix(folder, "basket" if work == "cosine-baskets" else "customer")
    begun = time.perf_counter()
    processor_begun = time.process_time()
    result = ease(data) if work == "ease" else cosine_similarity(data.T)
    seconds = time.perf_counter() - begun
    processor_seconds = time.process_time() - processor_begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": seconds, "processorSeconds": processor_seconds, "peakMegabytes": peak}
    print(json.dumps({**found, "note": f"{result.shape[0]} items"}))


if sys.argv[1] != "probe":
    main(*sys.argv[1:3])
