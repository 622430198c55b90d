#!/usr/bin/python3
"""Energy absorption, incoherent scattering functions, Compton profiles and subshell photoionisation as xraylib evaluates them, at random arguments.
Run: /usr/bin/python3 tests/reference/matter/make_xraylib.py > tests/reference/matter/xraylib.json   (Debian: python3-xraylib)"""
import json

import numpy as np
import xraylib

random = np.random.default_rng(20040902)
SHELLS = 'K L1 L2 L3 M1 M2 M3 M4 M5 N1 N2 N3 N4 N5 N6 N7 O1 O2 O3 O4 O5 O6 O7 P1 P2 P3 P4 P5 Q1 Q2 Q3'.split()


def value(f, *arguments):
    try:
        return float(f'{f(*arguments):.12g}')
    except ValueError:
        return None


elements = {}
for z in range(1, 99):
    energies = [round(e, 3) for e in sorted(np.exp(random.uniform(np.log(1000), np.log(150e3), 6)))]
    s = [round(v, 4) for v in sorted(np.exp(random.uniform(np.log(2e-3), np.log(19), 7)))]
    pz = [0, *(round(v, 3) for v in sorted(random.uniform(0, 40, 4)))]
    row = dict(energies=energies, s=s, pz=pz)
    if z <= 92:
        row['energyAbsorption'] = [value(xraylib.CS_Energy, z, e / 1000) for e in energies]
    row['incoherent'] = [value(xraylib.SF_Compt, z, v) for v in s]
    row['profile'] = [value(xraylib.ComptonProfile, z, v) for v in pz]
    partial = {name: [value(xraylib.ComptonProfile_Partial, z, i, v) for v in pz] for i, name in enumerate(SHELLS)}
    row['profiles'] = {name: values for name, values in partial.items() if None not in values}
    photo = {}
    for i, name in enumerate(SHELLS):
        try:
            edge = xraylib.EdgeEnergy(z, i) * 1000
        except ValueError:
            continue
        at = [round(e, 3) for e in sorted(np.exp(random.uniform(np.log(edge * 1.02), np.log(20e3), 3)))] if edge < 19e3 else [150e3]
        values = [value(xraylib.CS_Photo_Partial, z, i, e / 1000) for e in at]
        if None not in values:
            photo[name] = [edge, at, values]
    row['photo'] = photo
    elements[xraylib.AtomicNumberToSymbol(z)] = row
print(json.dumps(dict(peer=f'xraylib {xraylib.__version__}', elements=elements)))
