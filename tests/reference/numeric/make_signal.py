#!/usr/bin/env python3
"""Writes signal.json: derivatives, integrals, filters, windows and statistics computed by numpy and scipy.

Run with Debian's python3 (numpy 1.24, scipy 1.10): /usr/bin/python3 tests/reference/numeric/make_signal.py
"""

import json
import os
import numpy as np
import scipy
from scipy import integrate, ndimage, signal, special, stats

rng = np.random.default_rng(11)
out = {"peer": f"numpy {np.__version__}, scipy {scipy.__version__}"}


def flat(a):
    return np.asarray(a, float).ravel().tolist()


x = np.cumsum(rng.uniform(0.1, 1.5, 31))
y = rng.normal(size=31)
out["uneven"] = {"x": flat(x), "y": flat(y), "gradient2": flat(np.gradient(y, x, edge_order=2)), "gradient1": flat(np.gradient(y, x, edge_order=1)),
                 "trapezoid": float(integrate.trapezoid(y, x)), "cumulative": flat(integrate.cumulative_trapezoid(y, x, initial=0)),
                 "simpson": float(integrate.simpson(y, x))}

out["savgol"] = []
for window, degree, derivative, step in ((5, 2, 0, 1.0), (7, 2, 1, 0.5), (9, 4, 2, 2.0), (11, 3, 0, 1.0), (1, 0, 0, 1.0), (15, 5, 3, 0.1), (31, 6, 1, 1.0)):
    record = {"window": window, "degree": degree, "derivative": derivative, "step": step, "edges": {}}
    for mine, theirs in (("fit", "interp"), ("mirror", "mirror"), ("nearest", "nearest"), ("wrap", "wrap"), ("constant", "constant")):
        record["edges"][mine] = flat(signal.savgol_filter(y, window, degree, deriv=derivative, delta=step, mode=theirs))
    out["savgol"].append(record)

out["median"] = {mode: {str(w): flat(ndimage.median_filter(y, w, mode=mode)) for w in (1, 3, 7, 45)} for mode in ("nearest", "mirror", "reflect", "wrap", "constant")}
bumpy = rng.integers(0, 4, 60)
out["maxima"] = {"y": flat(bumpy), "indices": signal.find_peaks(np.asarray(bumpy, float))[0].tolist()}

out["convolve"] = []
for n, m in ((10, 3), (3, 10), (10, 4), (7, 7), (1, 5), (300, 130)):
    a, b = rng.normal(size=n), rng.normal(size=m)
    out["convolve"].append({"a": flat(a), "b": flat(b), **{mode: flat(signal.convolve(a, b, mode=mode, method="direct")) for mode in ("full", "same", "valid")}})

w = signal.windows
out["windows"] = []
for n in (1, 2, 3, 8, 33):
    for kind, f in (("hann", w.hann), ("hamming", w.hamming), ("blackman", w.blackman), ("blackmanHarris", w.blackmanharris), ("sine", w.cosine), ("parzen", w.parzen), ("rectangular", w.boxcar)):
        out["windows"].append({"kind": kind, "n": n, "symmetric": flat(f(n)), "periodic": flat(f(n, sym=False))})
    for kind, f, values in (("kaiser", w.kaiser, (0.0, 5.0, 14.0, 200.0)), ("gaussian", w.gaussian, (0.7, 4.0)), ("tukey", w.tukey, (0.0, 0.3, 0.5, 1.0))):
        for value in values:
            out["windows"].append({"kind": {kind: value}, "n": n, "symmetric": flat(f(n, value)), "periodic": flat(f(n, value, sym=False))})

# broadening: the same curve, densely sampled, filtered numerically with a fine Gaussian
fine = np.linspace(x[0] - 40, x[-1] + 40, 400001)
curve = np.interp(fine, x, y)
sigma = 0.9
step = fine[1] - fine[0]
smooth = ndimage.gaussian_filter1d(curve, sigma / step, mode="nearest", truncate=9)
out["gaussian"] = {"fwhm": float(sigma * 2 * np.sqrt(2 * np.log(2))), "y": flat(np.interp(x, fine, smooth))}

# statistics
v = rng.normal(3, 2, 41)
s = rng.uniform(0.3, 2, 41)
u = 0.4 * v + rng.normal(size=41)
weights = 1 / s**2
design = np.column_stack([np.ones(41), v])
cov = np.linalg.inv(design.T @ (weights[:, None] * design))
coef = cov @ design.T @ (weights * u)
line = stats.linregress(v, u)
out["stats"] = {
    "v": flat(v), "s": flat(s), "u": flat(u), "mean": float(np.average(v, weights=weights)), "plainMean": float(v.mean()), "variance": float(v.var(ddof=1)),
    "median": float(np.median(v)), "mad": float(stats.median_abs_deviation(v)), "madNormal": float(stats.median_abs_deviation(v, scale="normal")),
    "levels": [0, 0.01, 0.25, 0.5, 0.9, 1], "quantiles": flat(np.quantile(v, [0, 0.01, 0.25, 0.5, 0.9, 1])), "covariance": flat(np.cov(v, u)), "pearson": float(np.corrcoef(v, u)[0, 1]),
    "pearsonP": float(stats.pearsonr(v, u)[1]),
    "line": [line.intercept, line.slope, line.intercept_stderr, line.stderr, line.rvalue], "weightedLine": [*flat(coef), *flat(cov)],
    "clipped": [flat(stats.sigmaclip(np.append(v, [60.0, -55.0]), 3, 3)[0])],
}
out["distributions"] = {
    "chi2": [[float(q), float(k), float(stats.chi2.cdf(q, k)), float(stats.chi2.sf(q, k))] for k in (1, 2, 7, 100, 2000) for q in (0.01 * k, 0.5 * k, k, 1.3 * k, 3.0 * k)],
    "f": [[float(q), float(a), float(b), float(stats.f.cdf(q, a, b)), float(stats.f.sf(q, a, b))] for a in (1, 3, 20) for b in (2, 10, 300) for q in (0.05, 0.5, 1, 2.5, 20)],
    "t": [[float(q), float(k), float(stats.t.cdf(q, k)), float(stats.t.sf(q, k))] for k in (1, 2, 10, 200) for q in (-8.0, -1.3, 0.0, 0.2, 2.0, 15.0)],
    "normal": [[float(q), float(stats.norm.cdf(q)), float(stats.norm.sf(q))] for q in (-30.0, -5.0, -1.0, 0.0, 0.5, 3.0, 20.0)],
    "normalQuantile": [[float(p), float(special.ndtri(p))] for p in (1e-300, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9)],
}
with open(os.path.join(os.path.dirname(__file__), "signal.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
