"""Writes decompositions.json: SVD, eigenvalues, QR, solutions, pseudo-inverses and linear fits by numpy. Run: /usr/bin/python3 tests/reference/linear/make_decompositions.py"""
import json
import os

import numpy as np

rng = np.random.default_rng(31)
flat = lambda a: [float(v) for v in np.ravel(a)]


def positive(columns, others=None):
    """Signs that make the element of largest magnitude of each column positive."""
    signs = np.sign(columns[np.abs(columns).argmax(axis=0), np.arange(columns.shape[1])])
    return signs


out = dict(peer=f"numpy {np.__version__}", svd=[], eigen=[], qr=[], solve=[], fit=[])
low = rng.normal(size=(8, 2)) @ rng.normal(size=(2, 5))
for name, a in (("1 x 1", rng.normal(size=(1, 1))), ("tall", rng.normal(size=(7, 4))), ("wide", rng.normal(size=(4, 7))), ("square", rng.normal(size=(6, 6))),
                ("rank 2", low), ("graded", np.diag(10.0 ** np.arange(0, -12, -3)) @ rng.normal(size=(4, 4))), ("zero", np.zeros((3, 2)))):
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    rank = int(np.linalg.matrix_rank(a))
    signs = np.where(positive(u) == 0, 1, positive(u))
    out["svd"].append(dict(name=name, rows=a.shape[0], columns=a.shape[1], a=flat(a), s=flat(s), rank=rank, u=flat(u * signs), v=flat(vt.T * signs),
                           pinv=flat(np.linalg.pinv(a, rcond=max(a.shape) * np.finfo(float).eps))))
for n in (1, 2, 5, 12):
    a = rng.normal(size=(n, n))
    a = a + a.T
    w, v = np.linalg.eigh(a)
    out["eigen"].append(dict(n=n, a=flat(a), values=flat(w), vectors=flat(v * positive(v))))
for m, n in ((1, 1), (5, 3), (6, 6)):
    a = rng.normal(size=(m, n))
    q, r = np.linalg.qr(a)
    signs = np.sign(np.diag(r))
    out["qr"].append(dict(rows=m, columns=n, a=flat(a), q=flat(q * signs), r=flat(r * signs[:, None])))
for n, count in ((1, 1), (4, 1), (9, 3)):
    a, b = rng.normal(size=(n, n)), rng.normal(size=(n, count))
    p = a @ a.T + np.eye(n)
    out["solve"].append(dict(n=n, count=count, a=flat(a), b=flat(b), x=flat(np.linalg.solve(a, b)), p=flat(p), px=flat(np.linalg.solve(p, b))))
t = np.linspace(-1, 1, 40)
a = np.vander(t, 5, increasing=True) * np.array([1, 1e3, 1e-4, 1, 1e6])
sigma = rng.uniform(0.1, 0.5, 40)
y = np.cos(3 * t) + sigma * rng.normal(size=40)
for name, s in (("plain", np.ones(40)), ("weighted", sigma)):
    white = a / s[:, None]
    x = np.linalg.lstsq(white / np.linalg.norm(white, axis=0), y / s, rcond=None)[0] / np.linalg.norm(white, axis=0)
    r = np.linalg.qr(white)[1]
    inverse = np.linalg.inv(r)
    chi = float(np.sum((white @ x - y / s) ** 2))
    out["fit"].append(dict(name=name, rows=40, columns=5, a=flat(a), y=flat(y), sigma=flat(s), x=flat(x), covariance=flat(inverse @ inverse.T), chiSquare=chi,
                           condition=float(np.linalg.cond(white / np.linalg.norm(white, axis=0)))))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "decompositions.json"), "w") as f:
    json.dump(out, f)
    f.write("\n")
