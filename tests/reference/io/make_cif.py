"""CIF texts that try a reader, with what gemmi reads from them. Run: python3 tests/reference/io/make_cif.py > tests/reference/io/cif.json"""
import json
import gemmi

SYNTAX = r"""#\#CIF_1.1
# a comment with 'quotes' and _tags
data_First-Block_1
_a.plain  value#notacomment   # a comment
_b        'it''s'
_c        'a dog's life'
_d        "say "so"-twice"
_e        ?
_f        .
_g        '?'
_h
;A text field
  with indent, 'quotes', ; in the middle
 ;not the end
data_notablock
;
_i        ''
_J_UPPER  1.5e-3(2)   _k second_on_the_line
loop_ _l.x _l.y 1 2 3 4
'five' .
_after 'loop'
loop_
  _m_1
  _m_2   # comment between
1
;field in a loop
;
2 "b
" 'c d' ?
save_frame
_in_frame yes
save_
_z last
data_second
_a other
""".replace('2 "b\n" \'c d\' ?', '2 "b" \n\'c d\' ?')

STRUCTURES = {
    'symmetry from operations, esds, B factors': r"""
data_LiFePO4
_chemical_name_mineral 'Triphylite'
_cell_length_a 10.3320(4)
_cell_length_b 6.0100(5)
_cell_length_c 4.6920(2)
_cell_angle_alpha 90
_cell_angle_beta 90.
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'P n m a'
loop_
_symmetry_equiv_pos_site_id
_symmetry_equiv_pos_as_xyz
1 x,y,z
2 -x+1/2,-y,z+1/2
3 -x,y+1/2,-z
4 x+1/2,-y+1/2,-z+1/2
5 -x,-y,-z
6 x+1/2,y,-z+1/2
7 x,-y+1/2,z
8 -x+1/2,y+1/2,z+1/2
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
_atom_site_B_iso_or_equiv
Li1 Li1+ 0 0 0 0.98(1) 1.2(1)
Fe1 Fe2+ 0.28222(3) 0.25 0.97472(8) 1 0.5
P1 P5+ 0.09486(6) .25 0.4182(1) 1 0.4
O1 O2- 0.09678(15) .25 0.7428(3) 1 0.6
O2 O2- 0.4571(2) .25 0.2060(3) 1 0.6
O3 O2- 0.16558(11) 0.04646(17) 0.28478(19) 1 .6
""",
    'symmetry from the Hall symbol, U, anisotropic': r"""
data_x
_cell_length_a 4.9137 _cell_length_b 4.9137 _cell_length_c 5.4047
_cell_angle_alpha 90 _cell_angle_beta 90 _cell_angle_gamma 120
_space_group_name_Hall 'P 32 2"'
loop_ _atom_site_label _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z _atom_site_U_iso_or_equiv
Si1 Si 0.4697 0 0 0.0066
O1 O 0.4135 0.2669 0.1191 0.0124(3)
loop_ _atom_site_aniso_label _atom_site_aniso_U_11 _atom_site_aniso_U_22 _atom_site_aniso_U_33 _atom_site_aniso_U_12 _atom_site_aniso_U_13 _atom_site_aniso_U_23
O1 0.0156(4) 0.0115 0.0119 0.0092 -0.0029 -0.0046
""".replace('P 32 2"', 'P 32 2"'),
    'symmetry from the Hermann-Mauguin symbol': r"""
data_spinel
_cell_length_a 8.2476 _cell_length_b 8.2476 _cell_length_c 8.2476
_cell_angle_alpha 90 _cell_angle_beta 90 _cell_angle_gamma 90
_symmetry_space_group_name_H-M 'F d -3 m:2'
loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z _atom_site_occupancy
Li1 0.125 0.125 0.125 1
Mn1 0.5 0.5 0.5 0.95
O1 0.2625 0.2625 0.2625 .
""",
}


def value(text):
    return None if text in '?.' and len(text) == 1 else gemmi.cif.as_string(text)


doc = gemmi.cif.read_string(SYNTAX)
blocks = []
for block in doc:
    items, loops, frames = {}, [], []
    for item in block:
        if item.pair:
            items[item.pair[0].lower().replace('.', '_')] = value(item.pair[1])
        elif item.loop:
            w, v = item.loop.width(), item.loop.values
            loops.append([[t.lower().replace('.', '_') for t in item.loop.tags], [[value(x) for x in v[i:i + w]] for i in range(0, len(v), w)]])
        elif item.frame:
            frames.append(item.frame.name)
    blocks.append(dict(name=block.name, items=items, loops=loops, frames=frames))

structures = []
for name, text in STRUCTURES.items():
    small = gemmi.make_small_structure_from_block(gemmi.cif.read_string(text).sole_block())
    block = gemmi.cif.read_string(text).sole_block()
    hall = block.find_value('_space_group_name_Hall')
    if hall:
        group = gemmi.find_spacegroup_by_ops(gemmi.symops_from_hall(gemmi.cif.as_string(hall)))
        small.spacegroup_hm = group.xhm()
        small.setup_cell_images()
    sites = [[s.label, s.element.name, s.charge, s.fract.tolist(), s.occ, s.u_iso, [s.aniso.u11, s.aniso.u22, s.aniso.u33, s.aniso.u23, s.aniso.u13, s.aniso.u12]]
             for s in small.sites]
    structures.append(dict(name=name, text=text, hm=gemmi.find_spacegroup_by_name(small.spacegroup_hm).xhm(), cell=list(small.cell.parameters), sites=sites,
                           atoms=len(small.get_all_unit_cell_sites())))
print(json.dumps(dict(peer=f'gemmi {gemmi.__version__}', syntax=SYNTAX, blocks=blocks, structures=structures), indent=0))
