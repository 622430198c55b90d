"""Backgrounds: numpy.polynomial.Chebyshev, and SNIP written down from the papers (Ryan 1988, Morhac 1997 and 2008) point by point.
Any Python with numpy: python3 make_background.py > background.json"""
import json
import math
import numpy as np


def snip(y, width, order, decreasing, lls):
    n = len(y)
    if lls:
        lift = min(0.0, min(y))
        v = [math.log(math.log(math.sqrt(a - lift + 1) + 1) + 1) for a in y]
    else:
        v = list(map(float, y))
    top = min(width, (n - 1) // 2)
    for p in (range(top, 0, -1) if decreasing else range(1, top + 1)):
        w = []
        for i in range(n):
            q = min(p, i, n - 1 - i)
            best = 0.5 * (v[i - q] + v[i + q])
            if order >= 4:
                h = q // 2
                best = max(best, (-v[i - 2 * h] + 4 * v[i - h] + 4 * v[i + h] - v[i + 2 * h]) / 6)
            if order >= 6:
                h = q // 3
                best = max(best, (v[i - 3 * h] - 6 * v[i - 2 * h] + 15 * v[i - h] + 15 * v[i + h] - 6 * v[i + 2 * h] + v[i + 3 * h]) / 20)
            w.append(min(v[i], best))
        v = w
    return [(math.exp(math.exp(a) - 1) - 1) ** 2 - 1 + lift for a in v] if lls else v


rng = np.random.default_rng(7)
x = np.linspace(10, 40, 301)
truth = 200 * np.exp(-(x - 10) / 12) + 40
lines = sum(a * np.exp(-(((x - c) / w) ** 2)) for a, c, w in [(900, 14, .3), (300, 15, .4), (60, 22, .3), (1500, 31, .5)])
y = rng.poisson(truth + lines).astype(float)
cases = [dict(width=w, order=o, decreasing=d, lls=l) for w, o, d, l in
         [(12, 2, True, True), (12, 2, False, False), (20, 4, True, False), (24, 6, True, True), (400, 2, True, False)]]
for c in cases:
    c["values"] = snip(y, **c)
signed = y - 60
domain = [10, 40]
fit = np.polynomial.Chebyshev.fit(x, y, 6, domain=domain, w=1 / np.sqrt(np.maximum(y, 1)))
print(json.dumps({
    "peers": {"numpy": np.__version__},
    "x": x.tolist(), "y": y.tolist(), "truth": truth.tolist(), "snip": cases,
    "signed": {"values": snip(signed, 12, 2, True, True)},
    "chebyshev": {"domain": domain, "degree": 6, "coefficients": fit.coef.tolist(), "values": fit(x).tolist(), "outside": [8.0, 43.0], "atOutside": fit(np.array([8.0, 43.0])).tolist()},
}))
