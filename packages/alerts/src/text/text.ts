/**
 * What a message says: pieces of our own, and foreign ones (names, hosts, error messages) that come from outside and
 * may hold anything. Every text that is put in by `say` counts as foreign, so none is forgotten.
 */
export type Text = readonly (string | Foreign)[];

interface Foreign {
  readonly foreign: string;
}

/** say`${name} waits for ${count} s`: texts become foreign, numbers ours, other Texts stay what they are. */
export function say(own: TemplateStringsArray, ...values: readonly (string | number | Text)[]): Text {
  return own.flatMap((piece, index): Text => {
    const value = values[index];
    if (value === undefined) return [piece];
    if (typeof value === "object") return [piece, ...value];
    return [piece, typeof value === "number" ? String(value) : { foreign: value }];
  });
}

/** A piece that is not escaped: of our own making or from the settings. */
export function ours(text: string): Text {
  return [text];
}
