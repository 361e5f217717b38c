const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/**
 * Counts over time as one character each, the highest as a full bar; none as a dot.
 *
 * @param each how many counts become one character
 */
export function spark(counts: readonly number[], each: number): string {
  const sums: number[] = [];
  for (let i = 0; i < counts.length; i += each)
    sums.push(counts.slice(i, i + each).reduce((sum, count) => sum + count, 0));
  const most = Math.max(...sums, 1);
  return sums.map((sum) => (sum === 0 ? "·" : (BARS[Math.ceil((8 * sum) / most) - 1] ?? "█"))).join("");
}
