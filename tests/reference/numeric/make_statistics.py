#!/usr/bin/env python3
"""Writes statistics.json: quantiles of distributions, robust lines, weighted medians, clipping and rolling windows by numpy, scipy, pandas and mpmath.
What signal.json already has (plain moments, regression, distribution functions) is not repeated.

Run: /usr/bin/python3 tests/reference/numeric/make_statistics.py
"""

import json
import os

import mpmath
import numpy as np
import pandas
import scipy
from mpmath import betainc, exp, findroot, log, mp, mpf, sqrt
from scipy import special, stats

rng = np.random.default_rng(23)
flat = lambda a: [None if np.isnan(v) else float(v) for v in np.ravel(np.asarray(a, float))]
out = {"peer": f"numpy {np.__version__}, scipy {scipy.__version__}, pandas {pandas.__version__}, mpmath {mpmath.__version__}"}

shares = [1e-12, 1e-4, 0.05, 0.3, 0.5, 0.6827, 0.9, 0.975, 0.9999]
out["chi2Quantile"] = [[p, k, float(stats.chi2.ppf(p, k)), float(stats.chi2.isf(p, k))] for k in (0.5, 1, 2, 7, 100, 2000) for p in shares]


def beta_odds(a, b, p):
    """Odds below which a beta-distributed number lies with probability p: scipy's answer, good to 1e-4 at its worst, refined by mpmath."""
    with mp.workdps(30):
        share = lambda t: log(betainc(a, b, 0, exp(t) / (1 + exp(t)), regularized=True) / p)
        start = special.betaincinv(float(a), float(b), float(p))
        return exp(findroot(share, log(mpf(start) / (1 - mpf(start))), tol=1e-24))


def f_both(p, a, b):
    a, b, p = mpf(a) / 2, mpf(b) / 2, mpf(p)
    return [float(beta_odds(a, b, p) * b / a), float(b / a / beta_odds(b, a, p))]


def t_upper(p, k):
    """t > 0 above which the share p < 1/2 lies."""
    return float(sqrt(k / beta_odds(mpf(k) / 2, mpf(1) / 2, 2 * mpf(p))))


def t_both(p, k):
    t = 0.0 if p == 0.5 else -t_upper(p, k) if p < 0.5 else t_upper(1 - mpf(p), k)
    return [t, -t]


out["fQuantile"] = [[p, a, b, *f_both(p, a, b)] for a in (1, 3, 20) for b in (2, 10, 300) for p in shares]
out["tQuantile"] = [[p, k, *t_both(p, k)] for k in (1, 2, 3, 10, 200) for p in shares]

x = np.round(rng.uniform(0, 10, 40), 1)
y = 1.5 * x - 2 + rng.normal(0, 0.5, 40)
y[:6] += 20
line = stats.theilslopes(y, x, 0.95)
wide = stats.theilslopes(y, x, 0.68)
out["theilSen"] = {"x": flat(x), "y": flat(y), "slope": float(line[0]), "intercept": float(line[1]), "interval95": [float(line[2]), float(line[3])], "interval68": [float(wide[2]), float(wide[3])]}

w = rng.integers(1, 6, 25)
v = rng.normal(size=25)
out["weightedMedian"] = {"x": flat(v), "weights": flat(w), "expected": float(np.median(np.repeat(v, w)))}

v = np.concatenate([rng.normal(10, 1, 60), [40, -30, 16.5, 15.2]])
clipped, low, high = stats.sigmaclip(v, 3, 3)
out["sigmaClip"] = {"x": flat(v), "kept": int(clipped.size), "mean": float(clipped.mean()), "std": float(clipped.std())}

v = np.round(rng.normal(size=30), 3)
holes = v.copy()
holes[[3, 4, 17]] = np.nan
out["rolling"] = {"x": flat(v), "holes": flat(holes), "cases": []}
for align in ("centre", "trailing"):
    for width in (1, 3, 7):
        for least in (1, 3):
            if least > width:
                continue
            for name, theirs in (("mean", "mean"), ("median", "median"), ("standardDeviation", "std"), ("min", "min"), ("max", "max")):
                roll = lambda a: getattr(pandas.Series(a).rolling(width, center=align == "centre", min_periods=least), theirs)()
                out["rolling"]["cases"].append({"align": align, "width": width, "atLeast": least, "statistic": name, "x": flat(roll(v)), "holes": flat(roll(holes))})
grow = pandas.Series(holes).expanding()
out["cumulative"] = {"count": flat(grow.count()), "mean": flat(grow.mean()), "standardDeviation": flat(grow.std())}

with open(os.path.join(os.path.dirname(__file__), "statistics.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
