// A progress bar on a terminal, a few plain lines where the output goes to a file.

/** Reports stages of a long job. */
export interface Progress {
  /** As `onProgress` of `operandoDiffraction`. */
  readonly update: (stage: string, done: number, total: number) => void
  /** Ends the last line. */
  readonly end: () => void
}

/** Where progress is written: what is used of a stream. */
export interface ProgressStream {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined
  /** Width of the terminal in characters; may change while the work goes on. */
  readonly columns?: number | undefined
  /** Writes. */
  write(text: string): unknown
}

const WIDTH = 30
/** Erases what an earlier, longer text left on the line. */
const CLEAR_TO_END = '\u001b[K'

/** The bar as wide as there is room: a line that wraps cannot be drawn over. */
function barOf(stage: string, done: number, total: number, columns: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1
  const [head, tail] = [stage.padEnd(8), ` ${done}/${total}`]
  // the last column stays free: some terminals wrap when it is written
  const room = Math.min(WIDTH, columns - 1 - head.length - tail.length - 3)
  if (room < 5) return `${stage}${tail}`.slice(0, Math.max(0, columns - 1))
  const filled = Math.round(room * share)
  return `${head} [${'█'.repeat(filled)}${'░'.repeat(room - filled)}]${tail}`
}

/** @param out Where to, usually stderr. */
export function createProgress(out: ProgressStream = process.stderr): Progress {
  let last = ''
  let told = ''
  let ended = true
  const newline = (): void => {
    if (!ended && out.isTTY) out.write('\n')
    ended = true
  }
  return {
    update(stage, done, total) {
      if (!out.isTTY) {
        if (done === total && stage !== told) out.write(`${stage}: ${total} done\n`)
        if (done === total) told = stage
        return
      }
      if (stage !== last) newline()
      last = stage
      out.write(`\r${barOf(stage, done, total, out.columns || 80)}${CLEAR_TO_END}`)
      ended = false
    },
    end: newline,
  }
}
