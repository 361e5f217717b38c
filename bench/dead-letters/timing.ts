export interface Timing {
  readonly median: number;
  readonly max: number;
}

/** Runs something several times. @returns ms */
export async function timed(times: number, run: () => Promise<unknown>): Promise<Timing> {
  const took: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const begin = performance.now();
    await run();
    took.push(performance.now() - begin);
  }
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(took.length / 2)] ?? 0, max: took.at(-1) ?? 0 };
}

/** The largest resident memory of this process, looked at ten times a second. */
export function watchMemory(): { peakMb(): number } {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  setInterval(look, 100).unref();
  return {
    peakMb() {
      look();
      return peak / 2 ** 20;
    },
  };
}
