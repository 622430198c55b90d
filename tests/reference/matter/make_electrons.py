#!/usr/bin/python3
"""Paths of electrons by the published equations, written down from the papers in the form in which they were printed (TPP-2M in angstrom with beta = -0.10 + ...,
the relativistic one in nm with beta = -1.0 + ...). numpy only.
Run: python3 tests/reference/matter/make_electrons.py > tests/reference/matter/electrons.json"""
import json

import numpy as np

AVOGADRO = 6.02214076e23
# valence electrons, density, molar mass, band gap, atoms, mean Z
MATERIALS = {
    'Cu': (11, 8.96, 63.546, 0.0, 1, 29.0), 'Li': (1, 0.534, 6.94, 0.0, 1, 3.0), 'graphite': (4, 2.261, 12.011, 0.0, 1, 6.0), 'SiO2': (16, 2.2, 60.083, 9.1, 3, 10.0),
    'LiF': (8, 2.638, 25.938, 13.6, 2, 6.0), 'Li2CO3': (24, 2.097, 73.888, 7.5, 6, 6.0), 'LiCoO2': (22, 5.05, 97.871, 2.7, 4, 11.5), 'LiFePO4': (38, 3.6, 157.755, 3.8, 7, 76 / 7),
}
ENERGIES = np.array([50.0, 100.0, 284.0, 500.0, 1000.0, 1202.0, 1486.6, 2000.0, 5000.0, 10000.0, 30000.0, 200000.0])


def classic(e, n, rho, m, gap):
    plasmon = 28.8 * np.sqrt(n * rho / m)
    u = n * rho / m
    beta = -0.10 + 0.944 / np.sqrt(plasmon ** 2 + gap ** 2) + 0.069 * rho ** 0.1
    gamma = 0.191 * rho ** -0.5
    return 0.1 * e / (plasmon ** 2 * (beta * np.log(gamma * e) - (1.97 - 0.91 * u) / e + (53.4 - 20.8 * u) / e ** 2))


def relativistic(e, n, rho, m, gap):
    plasmon = 28.8 * np.sqrt(n * rho / m)
    u = n * rho / m
    alpha = (1 + e / (2 * 510998.95069)) / (1 + e / 510998.95069) ** 2
    beta = -1.0 + 9.44 / np.sqrt(plasmon ** 2 + gap ** 2) + 0.69 * rho ** 0.1
    gamma = 0.191 * rho ** -0.5
    return alpha * e / (plasmon ** 2 * (beta * np.log(gamma * alpha * e) - (19.7 - 9.1 * u) / e + (534 - 208 * u) / e ** 2))


def seah(e, n, rho, m, gap, atoms, z):
    a = (1e21 * m / (rho * AVOGADRO * atoms)) ** (1 / 3)
    w = 0.02 * gap
    return dict(s1=(4 + 0.44 * z ** 0.5 + 0.104 * e ** 0.872) * a ** 1.7 / (z ** 0.3 * (1 - w)), s2=(0.73 + 0.0095 * e ** 0.872) / z ** 0.3,
                s3=(5.8 + 0.0041 * z ** 1.7 + 0.088 * e ** 0.93) * a ** 1.82 / (z ** 0.38 * (1 - w)), s4=(0.65 + 0.007 * e ** 0.93) / z ** 0.38)


def rounded(values):
    return [float(f'{v:.12g}') for v in values]


rows = {}
for name, p in MATERIALS.items():
    others = {k: rounded(v) for k, v in seah(ENERGIES, *p).items()}
    rows[name] = dict(parameters=p, classic=rounded(classic(ENERGIES, *p[:4])), relativistic=rounded(relativistic(ENERGIES, *p[:4])), **others)
print(json.dumps(dict(peer=f'published equations, numpy {np.__version__}', unit='nm', energies=ENERGIES.tolist(), materials=rows)))
