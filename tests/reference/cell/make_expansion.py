"""Thermal expansion of copper and aluminium: published representations, evaluated and compared; writes expansion.json.

Copper
  hahn    NIST StRD data set Hahn1 (T. Hahn, Copper Thermal Expansion Study): the certified rational function of the coefficient.
  reeber  K. Wang and R. R. Reeber, High Temp. Mater. Sci. 35 (1996) 181: coefficient and lattice parameter as usually quoted.
Aluminium
  tprc    Y. S. Touloukian et al., TPRC vol. 12 (1975), recommended curve, as usually quoted, in the representation of density over temperature that material libraries carry.
  nist    NIST cryogenic materials database, linear expansion of Al 6061-T6 (E. D. Marquardt, J. P. Le, R. Radebaugh, 2000), 4 to 300 K.
  aip     AIP Handbook, 3rd ed. (1972), coefficient at the temperatures that it tabulates, as usually quoted.

    python3 make_expansion.py
"""

import json

import numpy
import scipy
from scipy.integrate import quad

HAHN = [1.0776351733, -0.12269296921, 4.0863750610e-3, -1.4262662514e-6, -5.7609940901e-3, 2.4053735503e-4, -1.2314450199e-7]
REEBER = {  # K: (1e-6/K, angstrom)
    200: (15.19, 3.60935), 250: (16.13, 3.61218), 300: (16.76, 3.61515), 350: (17.14, 3.61821), 400: (17.56, 3.62135),
    450: (17.93, 3.62456), 500: (18.27, 3.62784), 550: (18.59, 3.63118), 600: (18.91, 3.63459),
}
DENSITY = [2736.893, -0.006011681, -7.012444e-4, 1.3582e-6, -1.367828e-9, 5.177991e-13]
NIST = [-4.1277e2, -3.0389e-1, 8.7696e-3, -9.9821e-6]
AIP = {100: 12.2, 200: 20.3, 293: 23.1, 400: 24.9, 500: 26.4}


def copper(t):
    top = HAHN[0] + HAHN[1] * t + HAHN[2] * t**2 + HAHN[3] * t**3
    return top / (1 + HAHN[4] * t + HAHN[5] * t**2 + HAHN[6] * t**3)


def density(t, order=0):
    return numpy.polynomial.Polynomial(DENSITY).deriv(order)(t) if order else numpy.polynomial.Polynomial(DENSITY)(t)


def aluminium(t):
    return -density(t, 1) / density(t) / 3 * 1e6


NODES = list(range(150, 601, 25))
AT = [200, 233.15, 250, 273.15, 300, 323.15, 353.15, 373.15, 400, 450, 500]
out = {
    "peer": f"scipy {scipy.__version__} on published representations of the expansion",
    "nodes": {"T": NODES, "Cu": [round(float(copper(t)), 2) for t in NODES], "Al": [round(float(aluminium(t)), 2) for t in NODES]},
    "from": 293.15,
    "T": AT,
    "strain": {
        "Cu": [quad(copper, 293.15, t, epsrel=1e-12)[0] * 1e-6 for t in AT],
        "Al": [quad(aluminium, 293.15, t, epsrel=1e-12)[0] * 1e-6 for t in AT],
    },
    "reeber": {"T": list(REEBER), "a": [v[1] for v in REEBER.values()], "alpha": [v[0] for v in REEBER.values()]},
    "nist6061": {
        "T": [t for t in AT if t <= 300],
        "strain": [float(numpy.polynomial.Polynomial(NIST)(t) - numpy.polynomial.Polynomial(NIST)(293.15)) * 1e-5 for t in AT if t <= 300],
    },
    "aip": {"T": list(AIP), "alpha": list(AIP.values())},
}
with open("expansion.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
print(out["nodes"])
