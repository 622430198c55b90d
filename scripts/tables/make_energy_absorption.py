#!/usr/bin/python3
"""Writes src/matter/tables/energyAbsorption.generated.ts: mass energy absorption as xraylib's CS_Energy has it, 1 keV to 1 MeV, H to U.

From the source package of xraylib (BSD-3-Clause), data/CS_Energy.dat: logarithms of keV and cm²/g, and second derivatives. They are Seltzer's coefficients
(Radiat. Res. 136 (1993) 147) times the ratio of two total cross sections, one of which fails for light elements: C is 25 % low at 10 keV and 56 % at 15 keV, H ten times
at 1 keV (https://github.com/tschoonj/xraylib/issues/176). They are kept for comparison with numbers made from them; the library's own are computed from Elam's.
Run: apt-get source --download-only xraylib; tar xf xraylib_*.orig.tar.xz; /usr/bin/python3 scripts/tables/make_energy_absorption.py xraylib-*/
"""
import math
import os
import sys

from common import XRAYLIB, numbers, packed, write_module

words = iter(open(os.path.join(sys.argv[1], 'data/CS_Energy.dat')).read().split())
rows = []
for _ in range(int(next(words))):
    nodes = [[float(next(words)) for _ in range(3)] for _ in range(int(next(words)))]
    nodes = [node for node in nodes if node[0] < math.log(1000) + 1e-6]
    rows.append(packed(';'.join(numbers(column, 8) for column in zip(*nodes))))
write_module('energyAbsorption', 'make_energy_absorption.py', XRAYLIB, [
    ('ENERGY_ABSORPTION', 'An element each in order of atomic number: ln(keV); ln(cm²/g); second derivatives.', rows)])
