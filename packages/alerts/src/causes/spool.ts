import type { Cause, FindCauses } from "../cause.ts";
import { say } from "../text/text.ts";
import { count, since } from "../text/words.ts";

/** As soon as Redis takes events, a spool is drained; a large one takes a while. */
const AFTER_MS = 60_000;
const HOLD_MS = 30_000;
const LINGER_MS = 5 * 60_000;

/**
 * What ingest says of its spool. While Redis is away nobody looks at all: then the heartbeat stops, and Prometheus
 * knows.
 */
export const spool: FindCauses = ({ spools, at }) =>
  spools.flatMap(({ id, host, files, oldestReceivedAt, aside, refusal }): readonly Cause[] => [
    ...(files > 0 && oldestReceivedAt !== null && at - oldestReceivedAt > AFTER_MS
      ? [
          {
            id: `spool:${id}`,
            level: "down",
            title: say`events stay in the spool of ${host}`,
            what: say`${count(files, "event")} in the spool of ingest on ${host}, and not in Redis; the oldest was received ${since(oldestReceivedAt, at)}.`,
            help: { command: "misskeep doctor", path: "/" },
            holdMs: HOLD_MS,
          } as const,
        ]
      : []),
    ...(aside > 0
      ? [
          {
            id: `spool-aside:${id}`,
            level: "notice",
            title: say`files of the spool of ${host} were set aside`,
            what: say`${count(aside, "file")} of the spool of ingest on ${host} could not become events, and wait for a person.`,
            help: { command: "misskeep doctor", path: "/" },
            news: aside,
          } as const,
        ]
      : []),
    ...(refusal !== null
      ? [
          {
            id: `spool-unusable:${id}`,
            level: "notice",
            title: say`the spool of ${host} cannot be used`,
            what: say`Ingest on ${host} cannot use its spool (${refusal}): while Redis is away, events are answered 503.`,
            help: { command: "misskeep doctor", path: "/" },
            lingerMs: LINGER_MS,
          } as const,
        ]
      : []),
  ]);
