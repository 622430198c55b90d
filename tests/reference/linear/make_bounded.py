"""Writes bounded.json: linear least squares with bounds by scipy.optimize.nnls and lsq_linear. Run: /usr/bin/python3 tests/reference/linear/make_bounded.py"""
import json
import os

import numpy as np
import scipy
from scipy.optimize import lsq_linear, nnls

rng = np.random.default_rng(7)
inf = np.inf
flat = lambda a: [None if np.isinf(v) else float(v) for v in np.ravel(a)]


def cases():
    for m, n in ((1, 1), (5, 3), (30, 4), (30, 12), (12, 30), (200, 20)):
        a = rng.normal(size=(m, n))
        yield f"random {m} x {n}", a, rng.normal(size=m)
    # spectra: broad peaks that look alike, some of them absent
    t = np.linspace(0, 1, 120)
    centres = np.linspace(0.2, 0.8, 9)
    a = np.exp(-0.5 * ((t[:, None] - centres) / 0.1) ** 2)
    yield "overlapping peaks", a, a @ np.array([0, 1, 0, 0, 2, 0.5, 0, 0, 0.3]) + 0.01 * rng.normal(size=120)
    a = np.abs(rng.normal(size=(20, 5)))
    yield "zero column", a * np.array([1, 0, 1, 1, 1]), rng.normal(size=20)
    yield "all against", a, -np.ones(20)
    yield "all zero", np.zeros((4, 2)), np.ones(4)
    a[:, 3] = a[:, 0] + a[:, 1]
    yield "dependent columns", a, rng.normal(size=20) + 1
    yield "twice the same", np.repeat(rng.normal(size=(15, 2)), 2, axis=1), rng.normal(size=15)
    yield "badly scaled", rng.normal(size=(25, 6)) * 10.0 ** np.arange(-9, 9, 3), rng.normal(size=25)
    yield "nearly dependent", np.vander(np.linspace(0, 1, 40), 8), np.cos(7 * np.linspace(0, 1, 40))
    yield "degenerate", np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]]), np.array([1.0, 0, 1, 1])


out = dict(peer=f"scipy {scipy.__version__}", nnls=[], bounded=[])
for name, a, b in cases():
    x, norm = nnls(a, b, maxiter=10000)
    out["nnls"].append(dict(name=name, rows=a.shape[0], columns=a.shape[1], a=flat(a), b=flat(b), x=flat(x), norm=float(norm), rank=int(np.linalg.matrix_rank(a / np.where(np.linalg.norm(a, axis=0) > 0, np.linalg.norm(a, axis=0), 1)))))
    if name == "all zero" or np.linalg.matrix_rank(a) == 0:
        continue
    n = a.shape[1]
    low, high = np.full(n, -inf), np.full(n, inf)
    low[::2] = rng.uniform(-0.5, 0.1, low[::2].size)
    high[::3] = rng.uniform(0.11, 0.4, high[::3].size)
    tried = []
    for method in ("bvls", "trf"):
        try:
            tried.append(lsq_linear(a, b, (low, high), method=method, tol=1e-15, max_iter=10000, lsq_solver="exact"))
        except ValueError:  # trf's triangular solver on dependent columns
            pass
    best = min(tried, key=lambda r: r.cost)
    out["bounded"].append(dict(name=name, rows=a.shape[0], columns=n, a=flat(a), b=flat(b), lower=flat(low), upper=flat(high), x=flat(best.x), norm=float(np.sqrt(2 * best.cost)),
                               unique=bool(np.linalg.matrix_rank(a / np.where(np.linalg.norm(a, axis=0) > 0, np.linalg.norm(a, axis=0), 1)) == n)))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bounded.json"), "w") as f:
    json.dump(out, f)
    f.write("\n")
