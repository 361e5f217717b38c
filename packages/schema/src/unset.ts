/**
 * Removes parts of a JSON value from a copy of it. Only the objects on the way are copied, each once, so the
 * cost follows the number of paths, not the size or depth of the value.
 */

/** A path of property names and array indexes. */
export type Path = readonly PropertyKey[];

type Container = Record<PropertyKey, unknown>;

const REMOVED = Symbol("removed");

/**
 * The longest part of a path that exists in a value.
 *
 * @param value where to look
 * @param path `["body", "note", "user", "username"]`
 * @returns the path itself if something is there; its deepest existing ancestor if not
 */
export function existingPart(value: unknown, path: Path): Path {
  let current: unknown = value;
  for (const [index, key] of path.entries()) {
    if (!isContainer(current) || !Object.hasOwn(current, key)) return path.slice(0, index);
    current = current[key];
  }
  return path;
}

/**
 * @param value what to copy
 * @param paths existing paths, none of them empty; one inside another is fine
 * @returns a copy without them, array elements closed up
 */
export function without(value: unknown, paths: readonly Path[]): unknown {
  const copies = new Set<unknown>();
  const shortened = new Set<unknown[]>();

  const copyOf = (original: Container): Container => {
    if (copies.has(original)) return original;
    // An array has numeric keys, and as such is a container, too.
    const copy = (Array.isArray(original) ? [...original] : { ...original }) as Container;
    copies.add(copy);
    return copy;
  };

  const root = copyOf(value as Container);
  for (const path of paths) {
    let parent = root;
    for (const key of path.slice(0, -1)) {
      const child = parent[key];
      if (!isContainer(child)) break; // removed with an ancestor
      parent = parent[key] = copyOf(child);
    }
    const last = path.at(-1);
    if (last === undefined || !Object.hasOwn(parent, last)) continue;
    if (Array.isArray(parent)) {
      parent[last as number] = REMOVED;
      shortened.add(parent);
    } else {
      delete parent[last];
    }
  }
  for (const array of shortened) {
    array.splice(0, array.length, ...array.filter((item) => item !== REMOVED));
  }
  return root;
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
