#!/usr/bin/python3
"""Materials of the list: attenuation by xraydb (Elam), refractive index by xraydb (Chantler) and xraylib (Kissel), formula and density as given here.
Run: /usr/bin/python3 tests/reference/matter/make_materials.py > tests/reference/matter/materials.json   (Debian: python3-xraydb, python3-xraylib)"""
import json

import xraydb
import xraylib

MATERIALS = [('beryllium', 'Be', 1.848), ('lithium', 'Li', 0.534), ('copper', 'Cu', 8.96), ('Kapton', 'C22H10N2O5', 1.42), ('silica glass', 'SiO2', 2.2), ('muscovite', 'KAl3Si3O12H2', 2.834),
             ('silicon', 'Si', 2.329), ('LiFePO4', 'LiFePO4', 3.6), ('LiCoO2', 'LiCoO2', 5.05), ('NMC811', 'LiNi0.8Mn0.1Co0.1O2', 4.776), ('PVDF', 'C2H2F2', 1.78),
             ('Li10SnP2S12', 'Li10SnP2S12', 2.184), ('Li7La3Zr2O12', 'Li7La3Zr2O12', 5.098), ('gold', 'Au', 19.3), ('water', 'H2O', 0.9982)]
ENERGIES = [105.0, 290.0, 700.0, 1000.0, 2500.0, 5000.0, 7120.0, 8047.78, 8340.0, 12000.0, 17479.34, 30000.0, 60000.0, 80000.0, 145000.0]
CHANTLER = [32.0, 60.0] + ENERGIES


def short(x):
    return float(f'{x:.12g}')


rows = []
for name, formula, density in MATERIALS:
    index = [xraydb.xray_delta_beta(formula, density, e) for e in CHANTLER]
    rows.append(dict(
        name=name, formula=formula, density=density,
        total=[short(xraydb.material_mu(formula, e, density=density)) for e in ENERGIES],
        photo=[short(xraydb.material_mu(formula, e, density=density, kind='photo')) for e in ENERGIES],
        delta=[short(i[0]) for i in index], beta=[short(i[1]) for i in index],
        xraylib=dict(delta=[short(1 - xraylib.Refractive_Index_Re(formula, e / 1000, density)) for e in ENERGIES if e > 1500],
                     beta=[short(xraylib.Refractive_Index_Im(formula, e / 1000, density)) for e in ENERGIES if e > 1500])))
print(json.dumps(dict(peer=f'xraydb {xraydb.__version__}', xraylibPeer=f'xraylib {xraylib.__version__}', units='energy eV, mu 1/cm', energies=ENERGIES, chantlerEnergies=CHANTLER,
                      xraylibEnergies=[e for e in ENERGIES if e > 1500], materials=rows)))
