#!/usr/bin/python3
"""Writes incoherent and comptonProfiles of src/matter/tables: incoherent scattering functions and Compton profiles, H to Cf.

From the source package of xraylib (BSD-3-Clause): data/SF.dat (Hubbell et al., J. Phys. Chem. Ref. Data 4 (1975) 471 and 6 (1977) 615; Cullen et al. 1997), of
which the nodes up to s = 100 1/A are kept; data/comptonprofiles.dat (Biggs, Mendelsohn and Mann, At. Data Nucl. Data Tables 16 (1975) 201), three digits.
Run: apt-get source --download-only xraylib; tar xf xraylib_*.orig.tar.xz; /usr/bin/python3 scripts/tables/make_compton.py xraylib-*/
"""
import math
import os
import sys

from common import XRAYLIB, number, numbers, packed, write_module

LEVELS = 'K L1 L2 L3 M1 M2 M3 M4 M5 N1 N2 N3 N4 N5 N6 N7 O1 O2 O3 O4 O5 O6 O7 P1 P2 P3 P4 P5 Q1 Q2 Q3'.split()


def read(name):
    words = iter(open(os.path.join(sys.argv[1], 'data', name)).read().split())
    return lambda count: [float(next(words)) for _ in range(count)]


take = read('SF.dat')
rows = []
for z in range(1, 99):
    (count,) = take(1)
    nodes = [take(3) for _ in range(int(count))]
    nodes = [(s, f) for s, f, _ in nodes if s <= 100]
    rows.append(packed(';'.join(numbers(column, 8) for column in zip(*nodes))))
write_module('incoherent', 'make_compton.py', XRAYLIB, [
    ('INCOHERENT', 'An element each in order of atomic number: s in 1/Å; incoherent scattering function.', rows)])

take = read('comptonprofiles.dat')
grid, lines = None, []
for z in range(1, 99):
    shells, count = map(int, take(2))
    electrons = take(shells)
    momenta = [round(math.exp(v) - 1, 4) for v in take(count)]
    assert grid in (None, momenta)
    grid = momenta
    total = take(count)
    take(count)  # second derivatives: they are drawn anew
    partial = [take(count) for occupied in electrons if occupied > 0]
    for _ in partial:
        take(count)
    occupied = [(level, n) for level, n in zip(LEVELS, electrons) if n > 0]
    columns = [(f'total:{number(sum(electrons))}', total), *((f'{level}:{number(n)}', column) for (level, n), column in zip(occupied, partial))]
    lines.append(';'.join(f'{name}:' + numbers((math.exp(v) for v in column), 3) for name, column in columns))
write_module('comptonProfiles', 'make_compton.py', XRAYLIB, [
    ('COMPTON_MOMENTA', 'Momenta of the profiles, atomic units.', numbers(grid)),
    ('COMPTON_PROFILES', 'An element each in order of atomic number, profiles parted by semicolons: level:electrons:J at the momenta, of one electron of the level, or'
     ' of the whole atom.', [packed(line) for line in lines])])
