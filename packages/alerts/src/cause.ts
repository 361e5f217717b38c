import type { Facts } from "./facts.ts";
import type { Text } from "./text/text.ts";

/**
 * | level | means | heartbeat |
 * |---|---|---|
 * | `down` | events wait, are refused or could be lost | stops |
 * | `notice` | a person should look; the rest works | goes on |
 */
export type CauseLevel = "down" | "notice";

/** Something that people have to be told of, as long as it is found at every look. */
export interface Cause {
  /** The same at each look, and of this one only. Does not begin with `~`. */
  readonly id: string;
  readonly level: CauseLevel;
  /** Short, for lists and for the message that it is solved. */
  readonly title: Text;
  /** What happened, since when, how many. */
  readonly what: Text;
  /** A command, and a path of the console, that help. */
  readonly help: { readonly command: string; readonly path: string };
  /** For so long it has to be found at every look before anybody is told, ms. @default 0 */
  readonly holdMs?: number;
  /** For so long it has to be gone before it counts as solved, ms: what comes and goes is one cause. @default 0 */
  readonly lingerMs?: number;
  /** If there, the hourly message comes only when this has grown since the last one. */
  readonly news?: number;
  /** Known, and nobody is to be told. */
  readonly silent?: boolean;
}

/** Finds its causes in the facts; pure. */
export type FindCauses = (facts: Facts) => readonly Cause[];
