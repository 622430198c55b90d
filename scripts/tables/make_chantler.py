#!/usr/bin/python3
"""Writes chantlerGrid, chantlerFactors and chantlerAttenuation of src/matter/tables: Chantler's tables from 10 eV to 966 keV, H to U.

From xraydb (public domain); Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71 and 29 (2000) 597 (NIST FFAST), on the fine grid that Chantler gave xraydb in 2016.
Photoabsorption, scattering and f2 keep all their digits (5, 4, 5), f1 is rounded to 1e-7. Two pairs of Cs (11.4 and 13.1 eV) have equal energies in
print: the second is left out. Total attenuation is the sum of the two columns (checked here).
Run: /usr/bin/python3 scripts/tables/make_chantler.py   (Debian: python3-xraydb)
"""
import json
from collections import Counter

import numpy as np
from common import SYMBOLS, XRAYDB, connect, differences, number, numbers, packed, place, write_module

LOWEST = 10.0  # eV; four more nodes below, since the interpolation of f1 looks three to either side
db = connect()
table = {}
for symbol in SYMBOLS[:92]:
    row = db.execute('select energy, f1, f2, mu_photo, mu_incoh, mu_total from Chantler where element = ?', (symbol,)).fetchone()
    columns = [np.array(json.loads(column)) for column in row]
    assert np.allclose(columns[3] + columns[4], columns[5], rtol=1e-9)
    keep = np.append(True, np.diff(columns[0]) > 0)
    keep[: np.searchsorted(columns[0], LOWEST) - 4] = False
    table[symbol] = [column[keep] for column in columns]

count = Counter(energy for columns in table.values() for energy in columns[0])
grid = sorted(energy for energy, elements in count.items() if elements > 46)
own = []
for symbol, (energy, *_) in table.items():
    absent = [i for i, e in enumerate(grid) if e not in set(energy)]
    own.append(numbers(absent) + ';' + numbers(e for e in energy if e not in set(grid)))
write_module('chantlerGrid', 'make_chantler.py', XRAYDB, [
    ('CHANTLER_GRID', 'The energies, eV, that most elements share.', packed(numbers(grid))),
    ('CHANTLER_OWN', 'Eight elements each in order of atomic number, a line an element: indices of the grid that it lacks; energies, eV, of its own.',
     [packed('\n'.join(own[i : i + 8])) for i in range(0, len(own), 8)])])
write_module('chantlerFactors', 'make_chantler.py', XRAYDB, [
    ('CHANTLER_FACTORS', "An element each in order of atomic number: f' in 1e-7 electrons, then places of f'' among the decimals of 5 digits; as differences.",
     [packed(differences([round(x * 1e7) for x in f1]) + differences([place(max(x, 1e-99), 5) for x in f2])) for _, f1, f2, *_ in table.values()])])
write_module('chantlerAttenuation', 'make_chantler.py', XRAYDB, [
    ('CHANTLER_ATTENUATION', 'An element each in order of atomic number: places of photoabsorption among the decimals of 5 digits, of scattering among those of 4; cm²/g;'
     ' as differences.',
     [packed(differences([place(max(x, 1e-99), 5) for x in photo]) + differences([place(max(x, 1e-99), 4) for x in scatter]))
      for *_, photo, scatter, _ in table.values()])])
