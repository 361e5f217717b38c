type Keys = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "isComposing">;

/** Where the keyboard is: at a row of the table, where keys mean something else, or anywhere else. */
export type Place = "row" | "taken" | "elsewhere";

/**
 * How many rows further a key leads.
 *
 * | key | at a row | elsewhere |
 * |---|---|---|
 * | `j`, `k` | the next, the one before | the same |
 * | the arrows down and up | the same | they scroll |
 */
export function rowStep(keys: Keys, place: Place): -1 | 0 | 1 {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = keys;
  if (place === "taken" || altKey || ctrlKey || metaKey || shiftKey || isComposing) return 0;
  if (key === "j" || (key === "ArrowDown" && place === "row")) return 1;
  if (key === "k" || (key === "ArrowUp" && place === "row")) return -1;
  return 0;
}
