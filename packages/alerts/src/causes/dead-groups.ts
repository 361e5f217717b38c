import type { FindCauses } from "../cause.ts";
import type { GroupFacts } from "../facts.ts";
import { ours, say, type Text } from "../text/text.ts";
import { count, since } from "../text/words.ts";

/**
 * A new or a reopened group of dead letters. It is solved when somebody resolves it, or when it is empty. While more
 * die, it is told again each hour; a group that only lies there is not.
 */
export const deadGroups: FindCauses = ({ groups, at }) =>
  groups
    .filter(({ state, count: letters }) => state !== "resolved" && letters > 0)
    .map((group) => ({
      id: toId(group),
      level: "notice",
      title: say`dead letters of ${group.processor}: ${describe(group)}`,
      what: say`${count(group.count, "dead letter")} of ${group.processor}, ${when(group, at)}: ${describe(group)}`,
      help: {
        command: `misskeep dead groups ${group.processor}`,
        path: `/dead/groups/${group.group}`,
      },
      news: group.lastDiedAt,
      silent: group.mutedUntil !== null && group.mutedUntil > at,
    }));

/** Whoever resolved a group is told at once when it comes back, so that is another cause. */
function toId({ processor, group, state, resolved }: GroupFacts): string {
  return state === "reopened"
    ? `dead:${processor}:${group}:${resolved?.at ?? 0}`
    : `dead:${processor}:${group}`;
}

/** @returns undefined for the id of another cause */
export function fromGroupId(id: string): { readonly processor: string; readonly group: string } | undefined {
  const [kind, processor, group] = id.split(":");
  return kind === "dead" && processor !== undefined && group !== undefined ? { processor, group } : undefined;
}

function when({ state, firstDiedAt, resolved }: GroupFacts, at: number): Text {
  return state === "reopened" && resolved
    ? say`again after ${resolved.by} resolved it ${since(resolved.at, at)}`
    : say`since ${since(firstDiedAt, at)}`;
}

function describe({ error, message }: GroupFacts): Text {
  const code = error.code === null || error.code === error.name ? [] : say` ${error.code}`;
  return message === "" ? say`${error.name}${code}` : say`${error.name}${code}${ours(": ")}${message}`;
}
