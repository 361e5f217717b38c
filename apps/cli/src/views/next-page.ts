/** How to see what follows; the cursor is alone on its line: it can be long, and is to be copied. */
export function nextPage(next: string | null): string[] {
  return next === null ? [] : [`For what follows, the same command with\n--cursor=${next}`];
}
