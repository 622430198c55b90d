// A progress bar on a terminal, a few plain lines where the output goes to a file.

/** Reports stages of a long job. */
export interface Progress {
  /** As `onProgress` of `operandoDiffraction`. */
  readonly update: (stage: string, done: number, total: number) => void
  /** Ends the last line. */
  readonly end: () => void
}

const WIDTH = 30

/** @param out Where to, usually stderr. */
export function createProgress(out: NodeJS.WriteStream = process.stderr): Progress {
  let last = ''
  let ended = true
  const newline = (): void => {
    if (!ended && out.isTTY) out.write('\n')
    ended = true
  }
  return {
    update(stage, done, total) {
      if (!out.isTTY) {
        if (done === total && stage !== last) out.write(`${stage}: ${total} done\n`)
        if (done === total) last = stage
        return
      }
      if (stage !== last) newline()
      last = stage
      const filled = total > 0 ? Math.round((WIDTH * done) / total) : WIDTH
      out.write(`\r${stage.padEnd(8)} [${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}] ${done}/${total}`)
      ended = false
    },
    end: newline,
  }
}
