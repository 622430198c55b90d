#!/usr/bin/python3
"""Writes src/matter/tables/formFactors.generated.ts: elastic scattering factors f0 of 211 atoms and ions to s = 6 1/A.

From xraydb (public domain); Waasmaier and Kirfel, Acta Cryst. A 51 (1995) 416: f0(s) = offset + sum of five scale exp(-exponent s^2).
Run: /usr/bin/python3 scripts/tables/make_form_factors.py   (Debian: python3-xraydb)
"""
import json

from common import XRAYDB, connect, numbers, packed, write_module

rows = connect().execute('select ion, offset, scale, exponents from Waasmaier order by id').fetchall()
write_module('formFactors', 'make_form_factors.py', XRAYDB, [
    ('FORM_FACTORS', 'A line an atom or ion, in order of atomic number: name; offset, five scales, five exponents (Å²).',
     packed('\n'.join(f'{ion};{numbers([offset, *json.loads(scale), *json.loads(exponents)])}' for ion, offset, scale, exponents in rows)))])
