"""Absorption factors of a cylinder and of a tube around it by direct double integration (scipy), for absorption.json.

    python3 make_absorption.py
"""

import json
from math import cos, exp, radians, sin, sqrt

import scipy
from scipy.integrate import dblquad


def within(radius, x, z, dx, dz):
    """Length in a circle of the ray from a point."""
    b = x * dx + z * dz
    h = b * b - (x * x + z * z) + radius * radius
    if h <= 0:
        return 0.0
    return max(0.0, sqrt(h) - b) - max(0.0, -sqrt(h) - b)


def factor(radii, mu, shell, two_theta, azimuth):
    """Mean of exp(-in - out) over a shell; radii fall, mu by shell; axis vertical, azimuth from the horizontal."""
    d = (sin(two_theta) * cos(azimuth), cos(two_theta))
    steep = sqrt(d[0] ** 2 + d[1] ** 2)

    def value(phi, r):
        x, z = r * cos(phi), r * sin(phi)
        total = 0.0
        for (ux, uz), scale in (((0.0, -1.0), 1.0), ((d[0] / steep, d[1] / steep), 1 / steep)):
            lengths = [within(radius, x, z, ux, uz) for radius in radii] + [0.0]
            total += scale * sum(m * (lengths[i] - lengths[i + 1]) for i, m in enumerate(mu))
        return exp(-total) * r

    inner = radii[shell + 1] if shell + 1 < len(radii) else 0.0
    outer = radii[shell]
    value_, _ = dblquad(value, inner, outer, 0, 2 * 3.141592653589793, epsabs=1e-9, epsrel=1e-8)
    return value_ / (3.141592653589793 * (outer**2 - inner**2))


cases = []
for mu_r in (0.5, 1.0, 2.0):
    for two_theta in (0, 45, 90):
        cases.append({"radii": [1.0], "mu": [mu_r], "shell": 0, "two_theta": two_theta, "azimuth": 0})
for two_theta, azimuth in ((20, 0), (20, 90), (60, 30), (120, 0)):
    for shell in (0, 1):
        cases.append({"radii": [1.0, 0.8], "mu": [1.5, 0.7], "shell": shell, "two_theta": two_theta, "azimuth": azimuth})
for case in cases:
    case["factor"] = factor(case["radii"], case["mu"], case["shell"], radians(case["two_theta"]), radians(case["azimuth"]))
with open("absorption.json", "w") as file:
    json.dump({"peer": f"scipy {scipy.__version__} dblquad", "cases": cases}, file, indent=1)
    file.write("\n")
for case in cases:
    print(case)
