#!/usr/bin/env python3
"""Writes interpolate.json: interpolants, derivatives and integrals computed by scipy.

Run with Debian's python3 (scipy 1.10): /usr/bin/python3 tests/reference/numeric/make_interpolate.py
"""

import json
import os
import numpy as np
import scipy
from scipy.interpolate import CubicSpline, PchipInterpolator, Akima1DInterpolator, BSpline, make_smoothing_spline

rng = np.random.default_rng(7)
out = {"peer": "scipy " + scipy.__version__, "sets": []}


def flat(a):
    return np.asarray(a, float).ravel().tolist()


for n, kind in ((2, "random"), (3, "random"), (4, "random"), (5, "random"), (12, "random"), (40, "random"), (30, "step"), (25, "smooth")):
    x = np.cumsum(rng.uniform(0.2, 2, n)) - 3
    y = {"random": rng.normal(size=n), "step": np.where(np.arange(n) < n // 2, 0.0, 1.0), "smooth": np.sin(x / 3) * 100}[kind]
    at = np.sort(np.concatenate([x, rng.uniform(x[0], x[-1], 60)]))
    inner = (x[0] + 0.1, x[-1] - 0.05)
    ring = y.copy()
    ring[-1] = ring[0]
    record = {"x": flat(x), "y": flat(y), "at": flat(at), "mid": flat(at[:-1] * 0.999 + at[1:] * 0.001), "outside": [x[0] - 0.7, x[-1] + 0.4], "limits": inner, "results": {}}

    def add(name, f, yy=y):
        record["results"][name] = {"y": flat(yy), "value": flat(f(at)), "slope": flat(f.derivative(1)(at)), "second": flat(f.derivative(2)(record["mid"])),
                                   "integral": float(f.antiderivative()(inner[1]) - f.antiderivative()(inner[0])), "beyond": flat(f(np.array(record["outside"]), extrapolate=True))}

    add("not-a-knot", CubicSpline(x, y, bc_type="not-a-knot"))
    add("natural", CubicSpline(x, y, bc_type="natural"))
    add("clamped", CubicSpline(x, y, bc_type=((1, 0.7), (1, -1.3))))
    periodic = CubicSpline(x, ring, bc_type="periodic")
    periodic.extrapolate = False
    add("periodic", periodic, ring)
    if n > 2 and n != 3:
        add("pchip", PchipInterpolator(x, y))
        add("akima", Akima1DInterpolator(x, y))
    out["sets"].append(record)

# B-splines, with single and with repeated knots
out["bsplines"] = []
for degree in (0, 1, 2, 3, 4):
    for repeated in (False, True):
        inner = np.sort(rng.uniform(0, 10, 7))
        t = np.concatenate([[0.0] * (degree + 1), inner, [10.0] * (degree + 1)])
        if repeated and degree > 1:
            t[degree + 3] = t[degree + 2]
        if not repeated:
            t = np.sort(rng.uniform(0, 10, 12 + degree))
        m = len(t) - degree - 1
        at = np.sort(np.concatenate([rng.uniform(t[degree], t[m], 25), t[degree:m + 1]]))
        c = rng.normal(size=m)
        spline = BSpline(t, c, degree)
        # at single knots of low degree the derivative jumps and each side is right: leave such points out of the derivatives
        between = at[~np.isin(at, t)]
        out["bsplines"].append({"degree": degree, "knots": flat(t), "c": flat(c), "at": flat(at), "between": flat(between), "value": flat(spline(at)),
                                "slope": flat(spline(between, nu=1)) if degree > 0 else [],
                                "second": flat(spline(between, nu=2)) if degree > 1 else []})

# smoothing splines: given penalty, and scipy's own choice by GCV
out["smoothing"] = []
for n, lam in ((5, 0.3), (12, 1.0), (60, 0.01), (60, 5.0), (200, 1e3)):
    x = np.cumsum(rng.uniform(0.1, 1, n))
    y = np.sin(x / x[-1] * 7) + 0.1 * rng.normal(size=n)
    sigma = rng.uniform(0.5, 2, n)
    at = np.sort(rng.uniform(x[0], x[-1], 40))
    given = make_smoothing_spline(x, y, w=1 / sigma**2, lam=lam)
    free = make_smoothing_spline(x, y)
    out["smoothing"].append({"x": flat(x), "y": flat(y), "sigma": flat(sigma), "lambda": lam, "at": flat(at), "value": flat(given(at)), "slope": flat(given.derivative(1)(at)), "gcv": flat(free(at))})

with open(os.path.join(os.path.dirname(__file__), "interpolate.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
