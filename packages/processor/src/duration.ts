import ms, { type StringValue } from "ms";

/** A length of time: `"90s"`, `"5m"`, `"1h"`, `"8d"`, or a number of ms. */
export type Duration = number | StringValue;

/**
 * @returns ms
 * @throws RangeError if the text is no duration, or negative
 */
export function toMs(duration: Duration): number {
  const value = typeof duration === "number" ? duration : parse(duration);
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`"${String(duration)}" is no duration. Write it as "90s", "5m", "1h" or "8d".`);
  return value;
}

/** @returns NaN where the text says nothing; ms itself throws at an empty one, and at what is no text */
function parse(text: StringValue): number {
  try {
    return ms(text);
  } catch {
    return Number.NaN;
  }
}
