/** A bar on stderr, where a person watches. */
export interface Bar {
  readonly show: (done: number, of: number, more: string) => void
  readonly close: () => void
}

const noBar: Bar = { show: () => undefined, close: () => undefined }

/** A progress bar when stderr is a terminal; nothing is loaded and nothing shown elsewhere. */
export const openBar = async (unit: string): Promise<Bar> => {
  if (!process.stderr.isTTY) return noBar
  const { default: progress } = await import('cli-progress')
  const bar = new progress.SingleBar({
    format: `{bar} {value} of {total} ${unit}  {more}`,
    stream: process.stderr,
    clearOnComplete: true,
    // Ctrl-C ends the program as it always does, at once, and leaves a cursor behind.
    hideCursor: false,
    gracefulExit: false,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  })
  let started = false
  return {
    show: (done, of, more) => {
      if (!started) bar.start(of, 0, { more })
      else bar.setTotal(of)
      started = true
      bar.update(done, { more })
    },
    close: () => {
      if (started) bar.stop()
      started = false
    },
  }
}
