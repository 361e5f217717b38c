/** Walks and changes JSON values by path. */

export type JsonPath = readonly (string | number)[];

/** Every path in a value, the root left out, parents before children. */
export function pathsOf(value: unknown, path: JsonPath = []): JsonPath[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [here, ...pathsOf(child, here)];
  });
}

/** A copy of a value with something else at a path. */
export function replaced(value: unknown, path: JsonPath, replacement: unknown): unknown {
  const copy = structuredClone(value);
  const { parent, key } = parentOf(copy, path);
  parent[key] = replacement;
  return copy;
}

/** A copy of a value without what stands at a path. */
export function deleted(value: unknown, path: JsonPath): unknown {
  const copy = structuredClone(value);
  const { parent, key } = parentOf(copy, path);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}

/** `body.note.files[].url` */
export function formatted(path: JsonPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

function parentOf(root: unknown, path: JsonPath): { parent: Record<string, unknown>; key: string } {
  let parent = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  return { parent, key: String(path.at(-1)) };
}
