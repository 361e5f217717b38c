/** The event ids of bodies that were appended to a file, in whatever way their JSON was written. */
export function eventIdsIn(text: string): string[] {
  return [...text.matchAll(/"eventId"\s*:\s*"([^"]+)"/g)].map(([, id]) => id ?? "");
}
