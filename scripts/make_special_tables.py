#!/usr/bin/env python3
"""Writes src/numeric/special/tables.generated.ts: the numbers behind the special functions.

Every table is a Chebyshev series, computed here from mpmath's functions with 40 digits (interpolation at Chebyshev points), or the nodes of a
quadrature. No coefficient is copied from anywhere. Run: python3 scripts/make_special_tables.py   (needs mpmath >= 1.3)
"""

import os
from mpmath import mp, mpf, cos, pi, erf, erfc, exp, sqrt, loggamma, digamma, gamma, besselj, bessely, si, ci, log, euler, findroot, sin, nstr

mp.dps = 60
K = mpf(15) / 4  # scale of the map of [0, inf) in the erfcx table


def chebyshev(f, n=90):
    """Coefficients c of f(t) = c0 / 2 + sum c_k T_k(t) on [-1, 1], cut where they stop mattering in double precision."""
    nodes = [cos(pi * (k + mpf(1) / 2) / n) for k in range(n)]
    values = [f(t) for t in nodes]
    c = [2 * sum(values[k] * cos(pi * j * (k + mpf(1) / 2) / n) for k in range(n)) / n for j in range(n)]
    limit = max(abs(v) for v in c) * mpf(10) ** -18
    while abs(c[-1]) < limit:
        c.pop()
    assert len(c) < n - 5, "did not converge"
    c[0] /= 2
    return c


def unit(f, a, b):
    """f on [a, b] as a function of t in [-1, 1]."""
    return lambda t: f(a + (b - a) * (t + 1) / 2)


def erfcx_mapped(t):
    x = K * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def hankel(nu, part):
    """P and Q of the Hankel form of J_nu for x >= 8, as functions of s = (8 / x)^2; Q without its factor 8 / x."""

    def f(s):
        x = 8 / sqrt(s)
        chi = x - (2 * nu + 1) * pi / 4
        j, y = besselj(nu, x), bessely(nu, x)
        scale = sqrt(pi * x / 2)
        if part == "P":
            return scale * (j * cos(chi) + y * sin(chi))
        return scale * (y * cos(chi) - j * sin(chi)) * x / 8

    return unit(f, 0, 1)


def si_f(s):
    x = 4 / sqrt(s)
    return x * (ci(x) * sin(x) - (si(x) - pi / 2) * cos(x))


def si_g(s):
    x = 4 / sqrt(s)
    return -x * x * (ci(x) * cos(x) + (si(x) - pi / 2) * sin(x))


psi_zero = findroot(digamma, 1.46)
psi_high = mpf(float(psi_zero))
N = 11  # nodes of the Faddeeva quadrature: 12 in either set, an even number, since they are summed in pairs
h = sqrt(pi / (N + 1))
tables = {
    "ERFCX": ("(1 + 2 x) exp(x^2) erfc(x), t = (x - 3.75) / (x + 3.75), x >= 0", chebyshev(erfcx_mapped, 120)),
    "ERF": ("erf(x) / x, t = 2 x^2 - 1, |x| <= 1", chebyshev(unit(lambda s: erf(sqrt(s)) / sqrt(s), 0, 1))),
    "GAMMA": ("gamma(x), t = 2 x - 3, 1 <= x <= 2", chebyshev(unit(gamma, 1, 2))),
    "LGAMMA": ("ln gamma(x) / ((x - 1) (x - 2)), t = x - 1.5, 0.5 <= x <= 2.5",
               chebyshev(unit(lambda x: loggamma(x) / ((x - 1) * (x - 2)), mpf(1) / 2, mpf(5) / 2))),
    "DIGAMMA": ("digamma(x) / (x - x0), t = 2 x - 3, 1 <= x <= 2", chebyshev(unit(lambda x: digamma(x) / (x - psi_zero), 1, 2))),
    "J0": ("J0(x), t = x^2 / 32 - 1, x <= 8", chebyshev(unit(lambda s: besselj(0, sqrt(s)), 0, 64))),
    "J1": ("J1(x) / x, t = x^2 / 32 - 1, x <= 8", chebyshev(unit(lambda s: besselj(1, sqrt(s)) / sqrt(s), 0, 64))),
    "J0_P": ("Hankel P of J0, t = 2 (8 / x)^2 - 1, x >= 8", chebyshev(hankel(0, "P"))),
    "J0_Q": ("Hankel Q of J0 times x / 8", chebyshev(hankel(0, "Q"))),
    "J1_P": ("Hankel P of J1, t = 2 (8 / x)^2 - 1, x >= 8", chebyshev(hankel(1, "P"))),
    "J1_Q": ("Hankel Q of J1 times x / 8", chebyshev(hankel(1, "Q"))),
    "SI": ("Si(x) / x, t = x^2 / 8 - 1, x <= 4", chebyshev(unit(lambda s: si(sqrt(s)) / sqrt(s), 0, 16))),
    "CI": ("(Ci(x) - euler - ln x) / x^2, t = x^2 / 8 - 1, x <= 4", chebyshev(unit(lambda s: (ci(sqrt(s)) - euler - log(s) / 2) / s, 0, 16))),
    "SI_F": ("x f(x) of Si and Ci, t = 2 (4 / x)^2 - 1, x >= 4", chebyshev(unit(si_f, 0, 1))),
    "SI_G": ("x^2 g(x) of Si and Ci, t = 2 (4 / x)^2 - 1, x >= 4", chebyshev(unit(si_g, 0, 1))),
    "WOFZ_WHOLE": ("weights exp(-t^2) of the nodes t = k h, k = 1..N + 1", [exp(-((k * h) ** 2)) for k in range(1, N + 2)]),
    "WOFZ_HALF": ("weights exp(-t^2) of the nodes t = (k + 1/2) h, k = 0..N", [exp(-(((k + mpf(1) / 2) * h) ** 2)) for k in range(N + 1)]),
}
scalars = {
    "WOFZ_H": ("step of the quadrature, sqrt(pi / (N + 1))", h),
    "DIGAMMA_ZERO": ("the zero of digamma, first part", psi_high),
    "DIGAMMA_ZERO_LOW": ("the zero of digamma, what the first part lacks", psi_zero - psi_high),
}

lines = ["// Made by scripts/make_special_tables.py with mpmath %s. Do not edit." % __import__("mpmath").__version__, ""]
for name, (what, value) in scalars.items():
    lines += [f"/** {what} */", f"export const {name}: number = {float(value)!r}"]
for name, (what, values) in tables.items():
    lines += [f"/** {what} */", f"export const {name}: Float64Array = /* @__PURE__ */ new Float64Array(["]
    row = [repr(float(v)) for v in values]
    lines += ["  " + ", ".join(row[i:i + 5]) + "," for i in range(0, len(row), 5)] + ["])"]
    print(name, len(values))
path = os.path.join(os.path.dirname(__file__), "../src/numeric/special/tables.generated.ts")
with open(path, "w") as file:
    file.write("\n".join(lines) + "\n")
