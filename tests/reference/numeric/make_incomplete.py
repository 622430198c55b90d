#!/usr/bin/env python3
"""Writes incomplete.json: regularised incomplete gamma and beta functions by interval of their orders, from their power series (A&S 6.5.29 and
26.5.4) summed by mpmath with so many digits that the cancellation of 1 - P does not matter; for huge orders scipy is the peer.

Run: /usr/bin/python3 tests/reference/numeric/make_incomplete.py   (mpmath >= 1.2, scipy)
"""

import json
import os
import mpmath
import scipy
from mpmath import exp, log, loggamma, mp, mpf
from scipy import special


def log_even(a, b, n=5):
    return [float(mpf(a) * (mpf(b) / mpf(a)) ** (mpf(i) / (n - 1))) for i in range(n)]


def series(ratio):
    """1 + r(1) + r(1) r(2) + ..."""
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -mp.dps:
        n += 1
        term *= ratio(n)
        total += term
    return total


def gamma_both(a, x):
    with mp.workdps(60 + (min(300, int(x - a)) if x > a else 0)):
        a, x = mpf(a), mpf(x)
        p = exp(a * log(x) - x - loggamma(a + 1)) * series(lambda n: x / (a + n))
        return [float(p), float(1 - p)]


def beta_lower(a, b, x):
    y = 1 - x
    front = exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))
    return front * series(lambda n: (a + b + n - 1) / (a + n) * x)


def beta(a, b, x):
    for digits in (60, 360):
        with mp.workdps(digits):
            a, b, x = mpf(a), mpf(b), mpf(x)
            if x <= 0.5:
                return float(beta_lower(a, b, x))
            lower = 1 - beta_lower(b, a, 1 - x)
            if lower > mpf(10) ** (30 - digits):
                return float(lower)
    return 0.0


FACTORS = (1e-200, 1e-20, 1e-3, 0.1, 0.5, 0.9, 0.99, 1.0, 1.01, 1.1, 1.5, 3.0, 10.0)
SPANS = {"tiny": (1e-12, 1e-4), "small": (1e-3, 0.9), "middle": (1.0, 9.9), "large": (10.1, 900.0), "huge": (2e3, 5e3, 2)}
out = {"peer": f"mpmath {mpmath.__version__}, scipy {scipy.__version__}"}
out["gamma"] = {name: [[a, x, *gamma_both(a, x)] for a in log_even(*span) for f in FACTORS for x in (float(mpf(a) * f),)] for name, span in SPANS.items()}
# the small Q of a small a
out["gamma"]["tail"] = [[a, x, *gamma_both(a, x)] for a in (1e-9, 0.3, 0.5, 1.0, 8.0) for x in (0.2, 0.56, 0.99, 1.01, 2.0, 5.0, 30.0, 600.0)]
# at -20 standard deviations scipy 1.10 is wrong by a factor of 80, so the list begins at -3
out["gamma"]["asymptotic"] = [[a, x, float(special.gammainc(a, x)), float(special.gammaincc(a, x))]
                              for a in (2e8, 1e10, 1e13) for s in (-3, -0.1, 0, 0.1, 3, 20) for x in (a + s * a ** 0.5,)]
ORDERS = {"small": ((0.01, 0.5, 1.0), (0.02, 0.5, 2.0)), "middle": ((3.0, 9.9, 12.5), (0.5, 3.5, 20.0)), "uneven": ((0.5, 2.0), (300.0, 1e4)),
          "large": ((80.0, 1000.0), (60.0, 300.0, 5000.0))}
out["beta"] = {name: [[a, b, x, beta(a, b, x)] for a in A for b in B for x in (1e-200, 1e-6, 0.01, 0.2, 0.5, 0.77, 0.97, 0.9999)] for name, (A, B) in ORDERS.items()}

with open(os.path.join(os.path.dirname(__file__), "incomplete.json"), "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
