#!/usr/bin/python3
"""Writes src/matter/tables/subshells.generated.ts: photoionisation cross sections by level from the edge to at most 150 keV, H to Cf.

From xraylib's CS_Photo_Partial (BSD-3-Clause; Kissel, Radiat. Phys. Chem. 59 (2000) 185), 17 MB of nodes thinned to knots between which a cubic spline in logarithms
stays within 2e-3 (kinks at the edges of other levels: 1e-2). The source fails at high energies, for K beyond some 30 times its binding energy: sums of levels fall short of the total by more than any photoeffect falls
with energy. A level ends where its logarithmic slope is steeper than its high-energy limit (-3.5 - l) by 0.25, or where K parts from Elam's photoabsorption.
Run: /usr/bin/python3 scripts/tables/make_subshells.py   (Debian: python3-xraylib, python3-scipy)
"""
import numpy as np
import xraylib
from common import XRAYLIB, numbers, packed, write_module
from scipy.interpolate import CubicSpline

LEVELS = 'K L1 L2 L3 M1 M2 M3 M4 M5 N1 N2 N3 N4 N5 N6 N7 O1 O2 O3 O4 O5 O6 O7 P1 P2 P3 P4 P5'.split()
ANGULAR = dict(zip('1234567', (0, 1, 1, 2, 2, 3, 3)))
HIGHEST, TOLERANCE = 150e3, 2e-3


def cross_section(z, shell, energy):
    return xraylib.CS_Photo_Partial(z, shell, energy / 1000)


def logarithm(z, shell, x):
    try:
        return np.log(cross_section(z, shell, np.exp(x)))
    except ValueError:  # the nodes of some levels begin above their edge
        return np.nan


def highest(z, shell, low):
    """Highest energy at which the numbers of a level can be meant."""
    limit = -3.5 - ANGULAR.get(LEVELS[shell][1:], 0) - 0.25
    energies = np.geomspace(HIGHEST, low, 400)
    for above, below in zip(energies, energies[1:]):
        try:
            slope = np.log(cross_section(z, shell, above) / cross_section(z, shell, below)) / np.log(above / below)
        except ValueError:
            continue
        if slope > limit:
            return above
    return low


def thin(x, y):
    """Indices of knots through which a not-a-knot spline meets all points."""
    knots = sorted({0, len(x) // 3, 2 * len(x) // 3, len(x) - 1})
    while len(knots) < 48:
        off = abs(CubicSpline(x[knots], y[knots])(x) - y)
        if off.max() < TOLERANCE:
            break
        knots = sorted({*knots, int(off.argmax())})
    return knots


rows, total = [], 0
for z in range(1, 99):
    levels = []
    for shell, name in enumerate(LEVELS):
        try:
            edge = xraylib.EdgeEnergy(z, shell) * 1000
            cross_section(z, shell, edge * 1.001)
        except ValueError:
            continue
        # first knot on the edge, a millionth above for the rounding of its logarithm
        low = np.exp(np.ceil(np.log(edge) * 1e6) / 1e6)
        top = highest(z, shell, low)
        if top < 1.5 * low and top < HIGHEST:
            continue
        x = np.unique(np.round(np.log(low + (top - low) * np.geomspace(1e-4, 1, 300)), 6))
        x = np.unique(np.concatenate([[np.round(np.log(low), 6)], x]))
        y = np.array([logarithm(z, shell, v) for v in x])
        x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        if len(x) < 30:
            continue
        knots = thin(x, y)
        levels.append(f'{name}:{numbers(x[knots], 8)}:{numbers(np.round(y[knots], 4), 8)}')
        total += len(knots)
    rows.append(packed(';'.join(levels)))
print(total, 'knots')
write_module('subshells', 'make_subshells.py', XRAYLIB, [
    ('SUBSHELLS', 'An element each in order of atomic number, levels parted by semicolons: name:ln(eV) of the knots:ln(cm²/g) there.', rows)])
