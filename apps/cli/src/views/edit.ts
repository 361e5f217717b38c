import type { EditCheck } from "@misskeep/operations";
import { escaped } from "../text/safe.ts";
import { fact, type Look, paragraph } from "./look.ts";

const SHOWN = 20;
const LONGEST = 200;

/** What a changed body changes, and where it does not fit. */
export function editView(before: unknown, body: string, { ok, mismatches }: EditCheck, look: Look): string {
  const { paint, columns } = look;
  const short = (text: string): string =>
    Number.isFinite(columns) && text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const changes = changesOf(before, parse(body));
  const lines = changes
    .slice(0, SHOWN)
    .flatMap(({ path, was, is }) => [
      paint.bold(escaped(path === "" ? "(the whole)" : path)),
      ...(was === undefined ? [] : [paragraph(`- ${short(was)}`, look, { rest: "    ", paint: paint.red })]),
      ...(is === undefined ? [] : [paragraph(`+ ${short(is)}`, look, { rest: "    ", paint: paint.green })]),
    ]);
  const problems = mismatches.map(({ path, message }) =>
    fact(ok ? "not seen" : "wrong", `${path === "" ? "" : `${escaped(path)}: `}${escaped(message)}`, look),
  );
  return [
    ...(changes.length === 0 ? ["The body is the same as before."] : lines),
    ...(changes.length > SHOWN ? [`and ${changes.length - SHOWN} more changes`] : []),
    ...problems,
    ...(ok ? [] : [paint.red("It cannot be run.")]),
  ].join("\n");
}

interface Change {
  readonly path: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** Where two JSON values differ. Without recursion, which a deep body would exhaust. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = [];
  const left: { readonly path: string; readonly was: unknown; readonly is: unknown }[] = [
    { path: "", was: before, is: after },
  ];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const { path, was, is } = pair;
    if (Object.is(was, is)) continue;
    if (isTree(was) && isTree(is) && Array.isArray(was) === Array.isArray(is)) {
      const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
      // The last one is looked at first.
      for (const name of names.toReversed())
        left.push({ path: path === "" ? name : `${path}.${name}`, was: own(was, name), is: own(is, name) });
    } else changes.push({ path, was: told(was), is: told(is) });
  }
  return changes;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function told(value: unknown): string | undefined {
  return value === undefined ? undefined : escaped(JSON.stringify(value));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
