#!/usr/bin/python3
"""Transmission of a cylinder by adaptive quadrature over its section, and the Laue part of Sabine's extinction by Bessel functions. Writes corrections.json."""
import json
import os

import numpy as np
import scipy
from scipy.integrate import dblquad
from scipy.special import ive


def transmission(two_theta, mu):
    t = np.radians(two_theta)

    def f(phi, r):
        x, y = r * np.cos(phi), r * np.sin(phi)
        along, across = x * np.cos(t) + y * np.sin(t), y * np.cos(t) - x * np.sin(t)
        way = x + np.sqrt(max(0, 1 - y * y)) - along + np.sqrt(max(0, 1 - across * across))
        return r / np.pi * np.exp(-mu * way)

    return dblquad(f, 0, 1, 0, 2 * np.pi, epsabs=1e-9, epsrel=1e-8)[0]


cylinder = [dict(twoTheta=t, muR=m, transmission=transmission(t, m)) for m in (0.3, 1.0, 3.0) for t in (10.0, 60.0, 140.0)]
laue = [dict(x=x, laue=float(ive(0, x) + ive(1, x))) for x in (0.0, 0.2, 1.0, 5.0, 20.0)]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corrections.json")
json.dump(dict(peer="scipy " + scipy.__version__, made_by="make_corrections.py", cylinder=cylinder, laue=laue), open(out, "w"), indent=1)
