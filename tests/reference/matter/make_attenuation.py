#!/usr/bin/python3
"""Elam's cross sections of all 98 elements at random energies and just below and above their edges. Peer: xraydb; xraylib's CS_Total beside it.
Run: /usr/bin/python3 tests/reference/matter/make_attenuation.py > tests/reference/matter/attenuation.json   (Debian: python3-xraydb, python3-xraylib)"""
import json

import numpy as np
import xraydb
import xraylib

random = np.random.default_rng(20020101)
elements = {}
for z in range(1, 99):
    near = [e.energy * (1 + side * 2e-4) for e in xraydb.xray_edges(z).values() if e.energy > 101 for side in (-1, 1)]
    near = random.choice(near, min(6, len(near)), replace=False).tolist() if near else []
    energies = sorted(round(e, 4) for e in [*np.exp(random.uniform(np.log(101), np.log(150e3), 8)), *near, 101, 790e3])
    row = dict(energies=energies)
    for kind, short in (('total', 'total'), ('photo', 'photo'), ('coherent', 'coh'), ('incoherent', 'incoh')):
        row[kind] = [float(f'{v:.12g}') for v in xraydb.mu_elam(z, np.array(energies), kind=short)]
    row['xraylibTotal'] = [float(f'{xraylib.CS_Total(z, e / 1000):.12g}') for e in energies]
    elements[xraydb.atomic_symbol(z)] = row
print(json.dumps(dict(peer=f'xraydb {xraydb.__version__}', xraylib=f'xraylib {xraylib.__version__}', unit='cm2/g', elements=elements)))
