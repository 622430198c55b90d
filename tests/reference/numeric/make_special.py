#!/usr/bin/env python3
"""Writes special.json: special functions by interval, computed with mpmath at 60 digits and rounded to double.

Run: python3 tests/reference/numeric/make_special.py   (needs mpmath >= 1.3)
"""

import json
import os
import random
from mpmath import mp, mpf, mpc, erf, erfc, exp, gamma, loggamma, digamma, besselj, si, ci, sqrt, pi, sin, log, fabs
import mpmath

mp.dps = 60
random.seed(20260101)


def spread(a, b, n=24):
    """n doubles from a to b, even in the logarithm where both are positive."""
    if a > 0 and b / a > 50:
        out = [float(mpf(a) * (mpf(b) / mpf(a)) ** (mpf(i) / (n - 1))) for i in range(n)]
    else:
        out = [a + (b - a) * i / (n - 1) for i in range(n)]
    return [x * (1 + random.uniform(-1e-3, 1e-3)) if 1e-300 < abs(x) < 1e300 else x for x in out]


def table(f, intervals):
    return {name: {"x": x, "y": [float(f(mpf(v))) for v in x]} for name, x in ((k, spread(*v)) for k, v in intervals.items())}


def erfcx(x):
    # above 1e6 the asymptotic series, since mpmath overflows there
    return exp(x * x) * erfc(x) if x < 1e6 else sum((-1) ** k * mpmath.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(8)) / (x * sqrt(pi))


def dawson(x):
    return sqrt(pi) / 2 * exp(-x * x) * mpmath.erfi(x) if fabs(x) < 30 else mpmath.nsum(
        lambda k: mpmath.fac2(2 * k - 1) / (2 ** (k + 1) * x ** (2 * k + 1)), [0, 25])


def w(z):
    """w and w'."""
    if abs(z) < 25:
        with mp.workdps(700):
            value = exp(-z * z) * erfc(-1j * z)
            return value, -2 * z * value + 2j / sqrt(pi)
    # Laplace's fraction, plus the Gaussian that it misses close to the real axis
    up = z if z.imag >= 0 else -z
    r = mpc(0)
    for k in range(60, 0, -1):
        r = (mpf(k) / 2) / (up - r)
    value = 1j / sqrt(pi) / (up - r)
    slope = -2 * r * value
    if abs(up.imag) < 1e-3:
        value += exp(-up * up)
        slope -= 2 * up * exp(-up * up)
    return (value, slope) if z.imag >= 0 else (2 * exp(-z * z) - value, -4 * z * exp(-z * z) + slope)


SUB, TINY = (5e-324, 1e-309), (1e-307, 1e-20)
out = {
    "peer": "mpmath " + mpmath.__version__,
    "erf": table(erf, {"subnormal": SUB, "tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 2.5), "large": (2.5, 30.0), "negative": (-8.0, -0.01)}),
    "erfc": table(erfc, {"tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 2.5), "large": (2.5, 26.4), "negative": (-8.0, -0.01)}),
    "erfcx": table(erfcx, {"tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 5.0), "large": (5.0, 1e4), "huge": (1e4, 1e300), "negative": (-26.5, -0.01)}),
    "dawson": table(dawson, {"subnormal": SUB, "tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 6.0), "large": (6.0, 60.0), "huge": (60.0, 1e300), "negative": (-20.0, -0.01)}),
    "gamma": table(gamma, {"tiny": (1e-307, 1e-15), "small": (1e-10, 1.0), "middle": (1.0, 30.0), "large": (30.0, 171.6), "negative": (-25.3, -0.01), "largeNegative": (-168.3, -30.2)}),
    "lgamma": table(lambda x: log(fabs(gamma(x))) if x < 0 else loggamma(x), {"tiny": TINY, "small": (1e-10, 0.5), "nearOne": (0.9, 1.1), "nearTwo": (1.9, 2.1), "middle": (0.5, 12.0), "large": (12.0, 1e6), "huge": (1e6, 1e300), "negative": (-30.3, -0.01)}),
    "digamma": table(digamma, {"tiny": (1e-307, 1e-20), "small": (1e-10, 1.0), "nearZero": (1.4, 1.52), "middle": (1.0, 12.0), "large": (12.0, 1e300), "negative": (-30.3, -0.01)}),
    "besselJ0": table(lambda x: besselj(0, x), {"subnormal": SUB, "tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 8.0), "large": (8.0, 100.0), "huge": (100.0, 1e8), "negative": (-20.0, -0.01)}),
    "besselJ1": table(lambda x: besselj(1, x), {"tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 8.0), "large": (8.0, 100.0), "huge": (100.0, 1e8), "negative": (-20.0, -0.01)}),
    "sinc": table(lambda x: sin(x) / x, {"subnormal": SUB, "tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 20.0), "huge": (20.0, 1e15), "negative": (-20.0, -0.01)}),
    "sineIntegral": table(si, {"subnormal": SUB, "tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 4.0), "large": (4.0, 100.0), "huge": (100.0, 1e12), "negative": (-20.0, -0.01)}),
    "cosineIntegral": table(ci, {"tiny": TINY, "small": (1e-10, 0.5), "middle": (0.5, 4.0), "large": (4.0, 100.0), "huge": (100.0, 1e12)}),
}

# the zeros themselves, rounded to double: what the functions are there is an error relative to the slope
out["zeros"] = {
    "besselJ0": [float(mpmath.besseljzero(0, k)) for k in (1, 2, 3, 4, 20)],
    "besselJ1": [float(mpmath.besseljzero(1, k)) for k in (1, 2, 3, 4, 20)],
    "cosineIntegral": [float(mpmath.findroot(ci, 0.6)), float(mpmath.findroot(ci, 3.4)), float(mpmath.findroot(ci, 6.4))],
}
for name, f in (("besselJ0", lambda x: besselj(0, x)), ("besselJ1", lambda x: besselj(1, x)), ("cosineIntegral", ci)):
    x = out["zeros"][name]
    out["zeros"][name] = {"x": x, "y": [float(f(mpf(v))) for v in x]}

spherical = []
for n in (0, 1, 2, 3, 5, 10, 25, 60, 200):
    for x in (1e-300, 1e-8, 1e-3, 0.1, 0.7, 1.0, 1.3, 3.3, 9.7, 10.0, 24.9, 31.4, 60.5, 150.0, 199.0, 333.3, 1e4, 1e8):
        spherical.append([n, x, float(sqrt(pi / (2 * mpf(x))) * besselj(n + mpf(1) / 2, mpf(x)))])
out["sphericalBessel"] = spherical

# Faddeeva: a grid in polar form over both half planes, the axes, and lines close to the real axis
points = []
for r in (1e-300, 1e-10, 0.01, 0.1, 0.3, 0.7, 1.0, 1.5, 2.2, 3.0, 3.9, 5.0, 6.3, 7.5, 9.0, 11.0, 11.99, 12.01, 15.0, 22.0, 29.9, 30.1, 60.0, 99.0, 101.0, 1e4, 1e10, 1e20, 1e200):
    for degrees in (0, 0.003, 1, 7, 20, 37, 44, 46, 60, 75, 88, 90):
        a = float(r) * float(mpmath.cos(mpmath.radians(degrees)))
        b = float(r) * float(mpmath.sin(mpmath.radians(degrees)))
        points.append((0.0 if degrees == 90 else a, 0.0 if degrees == 0 else b))
for y in (1e-300, 1e-30, 1e-15, 1e-9, 1.1e-8, 1e-6, 1e-3, 0.05):
    for x in (0.0, 0.1185, 0.237, 0.5, 1.7, 3.2, 4.9, 6.1, 8.0, 11.5, 12.5, 20.0, 26.0):
        points.append((x, y))
for _ in range(150):
    points.append((random.uniform(0, 13), 10 ** random.uniform(-4, 1.2)))


def record(x, y):
    value, slope = w(mpc(x, y))
    return [x, y, float(value.real), float(value.imag), float(slope.real), float(slope.imag)]


out["faddeeva"] = [record(x, y) for x, y in points]
out["faddeevaLower"] = [record(x, -y) for x, y in points if 0 < y and y * y - x * x < 690 and abs(x) < 1e5]

path = os.path.join(os.path.dirname(__file__), "special.json")
with open(path, "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
