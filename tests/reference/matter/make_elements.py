#!/usr/bin/python3
"""Isotopes, densities, edges, core-hole widths and emission lines of all 98 elements through the peers' own functions (the tables are read from files).
Run: /usr/bin/python3 tests/reference/matter/make_elements.py > tests/reference/matter/elements.json   (Debian: python3-xraydb, python3-periodictable)"""
import json

import periodictable
import xraydb

elements = {}
for z in range(1, 99):
    symbol = xraydb.atomic_symbol(z)
    atom = periodictable.elements[z]
    elements[symbol] = dict(
        name=atom.name, density=xraydb.atomic_density(symbol),
        isotopes=[[i.isotope, i.mass, i.abundance] for i in atom if i.abundance > 0],
        edges={k: [e.energy, e.fyield, e.jump_ratio, xraydb.core_width(symbol, k)] for k, e in xraydb.xray_edges(symbol).items()},
        lines={k: [l.energy, l.intensity, l.initial_level, l.final_level] for k, l in xraydb.xray_lines(symbol).items()})
print(json.dumps(dict(peer=f'xraydb {xraydb.__version__}', periodictable=f'periodictable {periodictable.__version__}', elements=elements)))
