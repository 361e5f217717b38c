import type { Cause, FindCauses } from "../cause.ts";
import { ours, say, type Text } from "../text/text.ts";
import { count, since } from "../text/words.ts";

const AFTER_MS = 10 * 60_000;
/** An event that is tried again is old as soon as it waits: one look says nothing, some in a row do. */
const HOLD_MS = 2 * 60_000;
const LINGER_MS = 5 * 60_000;

/**
 * Events that wait for over 10 minutes: in the inbox for a dispatcher, or for their processor. Not told where
 * another cause explains it (no worker, paused itself), nor while a run gives the processor old events and it takes them.
 */
export const waiting: FindCauses = ({ inbox, processors, at }) => [
  ...toCauses("inbox-waiting", inbox, at, {
    title: say`events wait for a dispatcher`,
    who: say`for a dispatcher`,
    help: { command: "misskeep doctor", path: "/" },
  }),
  ...processors
    .filter(({ workers, paused, name }) => workers > 0 && paused?.by !== name)
    .filter(({ paused, hasRun }) => paused !== null || !hasRun)
    .flatMap((processor) =>
      toCauses(`waiting:${processor.name}`, processor, at, {
        title: say`events wait long for ${processor.name}`,
        who: processor.paused
          ? say`for ${processor.name}, which ${processor.paused.by} paused`
          : say`for ${processor.name}`,
        help: { command: "misskeep processors list", path: "/processors" },
      }),
    ),
];

function toCauses(
  id: string,
  { waiting: events, oldestWaitingAt }: { readonly waiting: number; readonly oldestWaitingAt: number | null },
  at: number,
  { title, who, help }: { readonly title: Text; readonly who: Text; readonly help: Cause["help"] },
): readonly Cause[] {
  if (events === 0 || oldestWaitingAt === null || at - oldestWaitingAt < AFTER_MS) return [];
  return [
    {
      id,
      level: "down",
      title,
      what: say`${count(events, "event")} ${ours(events === 1 ? "waits" : "wait")} ${who}; the next one was received ${since(oldestWaitingAt, at)}.`,
      help,
      holdMs: HOLD_MS,
      lingerMs: LINGER_MS,
    },
  ];
}
