/** A dead letter's own page. */
export function letterPath(processor: string, id: string): string {
  return `/dead/letters/${encodeURIComponent(processor)}/${encodeURIComponent(id)}`;
}
