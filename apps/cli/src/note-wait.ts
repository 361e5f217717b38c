import type { Terminal } from "./terminal.ts";

const LATE_MS = 1_000;

/** Tells a person who watches that Redis keeps them waiting, until it does no more. */
export async function noteWait<T>(
  terminal: Pick<Terminal, "passing">,
  work: Promise<T>,
  lateMs = LATE_MS,
): Promise<T> {
  let isTold = false;
  const timer = setTimeout(() => {
    isTold = true;
    terminal.passing("Redis does not answer yet…");
  }, lateMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isTold) terminal.passing("");
  }
}
