#!/usr/bin/python3
"""Writes src/matter/tables/elements.generated.ts: names, densities and natural isotopes of the elements H to Cf.

Densities from xraydb (public domain; table of Wikipedia, 2020); names, isotopic masses and abundances from periodictable (public domain; masses of
Audi and Wapstra 1995, abundances of the IUPAC report of 1997, as NIST compiled them). Standard atomic weights are not here: src/core/elements.ts has them.
Run: /usr/bin/python3 scripts/tables/make_elements.py   (Debian: python3-xraydb, python3-periodictable)
"""
import periodictable
import xraydb
from common import SYMBOLS, XRAYDB, number, packed, write_module

rows = []
for z, symbol in enumerate(SYMBOLS, 1):
    element = periodictable.elements[z]
    assert element.symbol == symbol
    isotopes = [f'{i.isotope}:{number(i.mass)}:{number(i.abundance)}' for i in element if i.abundance > 0]
    rows.append(';'.join([element.name, number(xraydb.atomic_density(z)), ','.join(isotopes)]))
write_module('elements', 'make_elements.py', f'{XRAYDB}, periodictable {periodictable.__version__}', [
    ('ELEMENTS', 'A line an element in order of atomic number: name; density in g/cm³; natural isotopes as mass number:mass in u:abundance in percent.',
     packed('\n'.join(rows)))])
