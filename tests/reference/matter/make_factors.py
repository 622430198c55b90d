#!/usr/bin/python3
"""f0 of all 211 atoms and ions; f', f'' and attenuation of Chantler's tables of 92 elements at random energies and beside edges. Peer: xraydb.
xraydb draws one spline of f' through all energies that are asked for together: here each is asked for alone, which is what the library gives.
Run: /usr/bin/python3 tests/reference/matter/make_factors.py > tests/reference/matter/factors.json   (Debian: python3-xraydb)"""
import json

import numpy as np
import xraydb

random = np.random.default_rng(19950071)
s = [0, 0.07, 0.31, 0.75, 1.4, 2.3, 3.6, 4.9, 6]
f0 = {ion: [float(f'{v:.12g}') for v in xraydb.f0(ion, np.array(s, float))] for ion in xraydb.f0_ions()}
elements = {}
for z in range(1, 93):
    near = [e.energy + side * 1.5 for e in xraydb.xray_edges(z).values() if e.energy > 40 for side in (-1, 1)]
    near = random.choice(near, min(4, len(near)), replace=False).tolist() if near else []
    energies = sorted(round(e, 4) for e in [*np.exp(random.uniform(np.log(30), np.log(150e3), 8)), *near, 10.001, 9.6e5])
    def each(f):
        return [float(f'{float(np.squeeze(f(e))):.12g}') for e in energies]
    name = xraydb.atomic_symbol(z)
    elements[name] = dict(energies=energies, f1=each(lambda e: xraydb.f1_chantler(name, e)), f2=each(lambda e: xraydb.f2_chantler(name, e)),
                          photo=each(lambda e: xraydb.mu_chantler(name, e, photo=True)), scattering=each(lambda e: xraydb.mu_chantler(name, e, incoh=True)),
                          total=each(lambda e: xraydb.mu_chantler(name, e)))
print(json.dumps(dict(peer=f'xraydb {xraydb.__version__}', s=s, f0=f0, elements=elements)))
