#!/usr/bin/python3
"""Writes src/matter/tables/levels.generated.ts: absorption edges with yields, jump ratios and core-hole widths, and emission lines of H to Cf.

All from xraydb (public domain): Elam, Ravel and Sieber, Radiat. Phys. Chem. 63 (2002) 121 for edges and lines; widths of Krause and Oliver (1979) for K and L
from Ne on, of Keski-Rahkonen and Krause (1974) for the rest.
Run: /usr/bin/python3 scripts/tables/make_levels.py   (Debian: python3-xraydb)
"""
from common import SYMBOLS, XRAYDB, connect, number, packed, write_module

db = connect()
edges, lines = [], []
for symbol in SYMBOLS:
    rows = db.execute('select l.iupac_symbol, absorption_edge, fluorescence_yield, jump_ratio, width from xray_levels l join corelevel_widths w'
                      ' on w.element = l.element and w.edge = l.iupac_symbol where l.element = ? order by l.id', (symbol,))
    edges.append(';'.join(','.join([name, *map(number, values)]) for name, *values in rows))
    rows = db.execute('select siegbahn_symbol, initial_level, final_level, emission_energy, intensity from xray_transitions where element = ? order by id', (symbol,))
    # two levels that are not resolved, 'N4,5', and two names, 'Lb2,15': the comma is the separator here
    lines.append(';'.join(','.join([*(name.replace(',', '/') for name in names), *map(number, values)]) for *names, energy, intensity in rows
                          for values in [(energy, intensity)]))
write_module('levels', 'make_levels.py', XRAYDB, [
    ('EDGES', 'A line an element in order of atomic number, its edges parted by semicolons: level, energy in eV, fluorescence yield, jump ratio, width in eV.',
     packed('\n'.join(edges))),
    ('LINES', 'A line an element, its emission lines parted by semicolons: name, initial level, final level (a slash for a comma), energy in eV, intensity.',
     packed('\n'.join(lines)))])
