#!/usr/bin/python3
"""Writes src/matter/tables/elam.generated.ts: cross sections of Elam, Ravel and Sieber, 100 eV to 800 keV, H to Cf.

From xraydb (public domain); Radiat. Phys. Chem. 63 (2002) 121. The numbers stand as the authors give them: logarithms of energy (eV) and of mass
attenuation (cm²/g), and second derivatives of the splines between.
Run: /usr/bin/python3 scripts/tables/make_elam.py   (Debian: python3-xraydb)
"""
import json

from common import SYMBOLS, XRAYDB, connect, numbers, packed, write_module

db = connect()
rows = []
for symbol in SYMBOLS:
    photo = db.execute('select log_energy, log_photoabsorption, log_photoabsorption_spline from photoabsorption where element = ?', (symbol,)).fetchone()
    scatter = db.execute('select log_energy, log_coherent_scatter, log_coherent_scatter_spline, log_incoherent_scatter, log_incoherent_scatter_spline'
                         ' from scattering where element = ?', (symbol,)).fetchone()
    rows.append(packed(';'.join(numbers(json.loads(column)) for column in [*photo, *scatter])))
write_module('elam', 'make_elam.py', XRAYDB, [
    ('ELAM', 'An element each in order of atomic number: ln of energy, photoabsorption and its spline; ln of energy, coherent and incoherent scattering, each'
     ' followed by its spline. Columns are parted by semicolons.', rows)])
