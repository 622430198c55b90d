#!/usr/bin/env python3
"""Writes fitCurve.json: one curve (a Gaussian on a decay) fitted by scipy.optimize.curve_fit and lmfit: values, covariance, ties, bounds, the band of
eval_uncertainty, and lmfit's printed report.

Run: /usr/bin/python3 tests/reference/numeric/make_fitCurve.py
"""

import json
import os

import lmfit
import numpy as np
import scipy
from scipy.optimize import curve_fit

rng = np.random.default_rng(41)
x = np.round(np.linspace(0, 10, 61), 6)
flat = lambda a: [float(v) for v in np.ravel(a)]
NAMES = ["height", "centre", "width", "level", "rate"]
START = dict(height=3.0, centre=4.0, width=1.0, level=2.0, rate=0.1)


def curve(x, height, centre, width, level, rate):
    return height * np.exp(-0.5 * ((x - centre) / width) ** 2) + level * np.exp(-rate * x)


sigma = np.round(0.05 + 0.01 * x, 6)
y = np.round(curve(x, 4.0, 4.4, 0.7, 3.0, 0.2) + sigma * rng.standard_normal(x.size), 6)
tight = dict(ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=20000)
out = dict(peer=f"scipy {scipy.__version__}, lmfit {lmfit.__version__}", names=NAMES, start=START, x=flat(x), y=flat(y), sigma=flat(sigma))
for name, absolute, s in (("scaled", False, sigma), ("absolute", True, sigma), ("plain", False, None)):
    p, c = curve_fit(curve, x, y, list(START.values()), sigma=s, absolute_sigma=absolute, **tight)
    out[name] = dict(values=flat(p), covariance=flat(c))

model = lmfit.Model(curve)
grid = np.linspace(-1, 12, 14)
result = model.fit(y, x=x, weights=1 / sigma, **START, fit_kws=dict(ftol=1e-15, xtol=1e-15, gtol=1e-15))
out["band"] = dict(x=flat(grid), value=flat(result.eval(x=grid)), half68=flat(result.eval_uncertainty(x=grid, sigma=0.68)), half95=flat(result.eval_uncertainty(x=grid, sigma=0.95)))
out["report"] = result.fit_report()

parameters = model.make_params(**START)
parameters["width"].set(expr="height / 6")
parameters["level"].set(value=3.05, vary=False)
parameters["rate"].set(min=0, max=1)
tied = model.fit(y, parameters, x=x, weights=1 / sigma, fit_kws=dict(ftol=1e-15, xtol=1e-15, gtol=1e-15))
out["tied"] = dict(values=flat([tied.params[n].value for n in NAMES]), errors=[float(tied.params[n].stderr or 0) for n in NAMES], chiSquare=float(tied.chisqr), redchi=float(tied.redchi))
with open(os.path.join(os.path.dirname(__file__), "fitCurve.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
