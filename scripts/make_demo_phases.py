#!/usr/bin/python3
"""Writes examples/data/simulated-lfp/phases.json: reflections of the phases of the simulated experiment with |F|^2.

Needs Debian's python3-gemmi (MPL-2.0). Structures from the literature (below); scattering factors: International Tables C (IT92) in gemmi,
neutral atoms, no dispersion. Only numbers computed here are kept.

LiFePO4  Streltsov et al., Acta Cryst. B 49 (1993) 147.  FePO4  Rousse et al., Chem. Mater. 15 (2003) 4082.
LiNi0.6Mn0.2Co0.2O2: R-3m with a, c of the pristine material near 2.87, 14.22 A; oxygen z = 0.2415 (typical of layered oxides).  Cu: Fm-3m, a = 3.6149 A.
"""
import json, os
import gemmi

PHASES = {
    'LiFePO4': ((10.332, 6.010, 4.692, 90, 90, 90), 'P n m a', [
        ('Li', (0, 0, 0), 1), ('Fe', (0.28222, 0.25, 0.97472), 1), ('P', (0.09486, 0.25, 0.41820), 1),
        ('O', (0.09678, 0.25, 0.74279), 1), ('O', (0.45710, 0.25, 0.20602), 1), ('O', (0.16558, 0.04646, 0.28478), 1)]),
    'FePO4': ((9.8142, 5.7893, 4.7820, 90, 90, 90), 'P n m a', [
        ('Fe', (0.2753, 0.25, 0.9471), 1), ('P', (0.0929, 0.25, 0.3967), 1),
        ('O', (0.1181, 0.25, 0.7093), 1), ('O', (0.4388, 0.25, 0.1602), 1), ('O', (0.1694, 0.0448, 0.2502), 1)]),
    'NMC622': ((2.870, 2.870, 14.22, 90, 90, 120), 'R -3 m:H', [
        ('Li', (0, 0, 0.5), 1), ('Ni', (0, 0, 0), 0.6), ('Mn', (0, 0, 0), 0.2), ('Co', (0, 0, 0), 0.2), ('O', (0, 0, 0.2415), 1)]),
    'Cu': ((3.6149, 3.6149, 3.6149, 90, 90, 90), 'F m -3 m', [('Cu', (0, 0, 0), 1)]),
}
U_ISO = 0.006  # A^2, all atoms
D_MIN = 1.15


def reflections(cell, hm, sites):
    st = gemmi.SmallStructure()
    st.cell = gemmi.UnitCell(*cell)
    st.spacegroup_hm = hm
    for i, (element, fract, occ) in enumerate(sites):
        s = gemmi.SmallStructure.Site()
        s.label, s.type_symbol, s.fract, s.occ, s.u_iso = f'{element}{i}', element, gemmi.Fractional(*fract), occ, U_ISO
        s.element = gemmi.Element(element)
        st.add_site(s)
    st.setup_cell_images()
    st.change_occupancies_to_crystallographic()  # else atoms on special positions count once per symmetry operation
    sg = gemmi.find_spacegroup_by_name(hm)
    ops = sg.operations()
    calc = gemmi.StructureFactorCalculatorX(st.cell)
    seen, out = set(), []
    limit = [int(c / D_MIN) + 1 for c in cell[:3]]
    for h in range(-limit[0], limit[0] + 1):
        for k in range(-limit[1], limit[1] + 1):
            for l in range(-limit[2], limit[2] + 1):
                if (h, k, l) == (0, 0, 0) or (h, k, l) in seen:
                    continue
                d = st.cell.calculate_d([h, k, l])
                if d < D_MIN or ops.is_systematically_absent([h, k, l]):
                    continue
                family = set()
                for op in ops.sym_ops:
                    e = tuple(op.apply_to_hkl([h, k, l]))
                    family |= {e, tuple(-x for x in e)}
                seen |= family
                f = calc.calculate_sf_from_small_structure(st, [h, k, l])
                # hkl is kept rather than |F|^2 at one cell only: cells change a little during the reaction, |F|^2 hardly
                out.append({'hkl': list(max(family)), 'multiplicity': len(family), 'f2': round(abs(f) ** 2, 3)})
    out.sort(key=lambda r: -st.cell.calculate_d(r['hkl']))
    return [r for r in out if r['f2'] > 1e-2]


here = os.path.dirname(os.path.abspath(__file__))
target = os.path.join(here, '../examples/data/simulated-lfp/phases.json')
result = {'source': f'scripts/make_demo_phases.py with gemmi {gemmi.__version__} (IT92 scattering factors, U = {U_ISO} A^2)', 'phases': {
    name: {'cell': list(cell), 'spaceGroup': hm, 'volume': round(gemmi.UnitCell(*cell).volume, 4), 'reflections': reflections(cell, hm, sites)} for name, (cell, hm, sites) in PHASES.items()}}
with open(target, 'w') as f:
    json.dump(result, f, separators=(',', ':'))
    f.write('\n')
print({k: len(v['reflections']) for k, v in result['phases'].items()})
