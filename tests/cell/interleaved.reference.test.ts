import { readFileSync } from 'node:fs'
import { framesByPlace } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { hasSharedData, sharedPath } from '../sharedData.js'

interface InterleavedFrame {
  readonly frame: number
  readonly cell: string
}

describe.skipIf(!hasSharedData)('an interleaved run of three cells', () => {
  it('is split by the recorded position, where frames were missed and counting goes wrong', () => {
    const { frames, per_cell } = JSON.parse(readFileSync(sharedPath('reference/io/sync.json'), 'utf8')).interleaved as {
      frames: InterleavedFrame[]
      per_cell: Record<string, number[]>
    }
    const names = Object.keys(per_cell)
    const places = names.map((name, i) => ({ name, position: [25 * i, 3] as const }))
    // the encoder of the stage repeats to some µm
    const x = frames.map(({ cell, frame }) => 25 * names.indexOf(cell) + 0.004 * Math.sin(frame))
    const y = frames.map(({ frame }) => 3 + 0.002 * Math.cos(frame))
    const { places: split, elsewhere } = framesByPlace(places, { x, y, tolerance: '50 µm' })
    expect(Object.fromEntries(split.map(place => [place.name, place.frames]))).toEqual(per_cell)
    expect(elsewhere).toEqual([])
    const counted = names.map((_, i) => frames.filter(({ frame }) => frame % names.length === i).map(({ frame }) => frame))
    expect(counted).not.toEqual(Object.values(per_cell))
  })
})
