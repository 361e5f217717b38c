/**
 * Every key name that Misskeep uses in Redis.
 *
 * All keys of one inbox shard carry the hash tag `{0}`, and all keys of one processor's queue the tag
 * `{<processor>}`, so that each script and pipeline stays within one slot of a Redis Cluster.
 *
 * | key | type | holds |
 * |---|---|---|
 * | `misskeep:{0}:inbox` | stream | events, before and for some days after they are dispatched |
 * | `misskeep:{0}:seen:<digest>` | string | an idempotency key: the event id it gave, and its duplicates |
 * | `misskeep:{0}:counts` | hash | duplicates, entries read, bytes held, events that nobody subscribed to |
 * | `misskeep:{0}:refusals` | list | the last 100 refused deliveries |
 * | `misskeep:{0}:refused` | hash | refused deliveries, counted by reason |
 * | `misskeep:{0}:spools` | hash | what each ingest's spool holds |
 * | `misskeep:{0}:workers` | hash | the heartbeat of each worker |
 * | `misskeep:{0}:workers:details` | hash | what each worker says of itself at its start |
 * | `misskeep:{0}:subscriptions` | hash | which event types each processor wants |
 * | `misskeep:{0}:removed` | hash | tombstones of processors that were removed |
 * | `misskeep:{0}:audit` | stream | who did what, when, to what |
 * | `misskeep:{0}:erased` | sorted set | ids of events whose content was erased, by when |
 * | `misskeep:{0}:session:<digest>` | string | a sign-in at the console |
 * | `misskeep:{0}:series:<step>:<start>` | hash | figures of one step of time; expires |
 * | `misskeep:{0}:alerts` | hash | causes that people were told of |
 * | `misskeep:{0}:lock:<name>` | string | which worker does what only one should |
 * | `misskeep:{0}:runs` | sorted set | every run, as `<processor>/<run>`, by when it was created |
 * | `misskeep:{0}:runs:*` | – | BullMQ's keys of the internal queue that executes runs |
 * | `misskeep:{<processor>}:run` | string | the run that is under way |
 * | `misskeep:{<processor>}:run:<run>` | hash | a run: what it is to do, how far it is |
 * | `misskeep:{<processor>}:run:<run>:items:<state>` | sorted set | its jobs that are planned, by age, or in a state, by since when |
 * | `misskeep:{<processor>}:discarded` | sorted set | discarded job ids by when; the jobs keep their keys |
 * | `misskeep:{<processor>}:dead_index:*` | – | the index of the dead letters: derived, see packages/queue/src/dead-index |
 * | `misskeep:{<processor>}:once:<digest>` | string | which event already stands for the same thing |
 * | `misskeep:{<processor>}:paused` | string | why a processor is paused, and by whom |
 * | `misskeep:{<processor>}:<processor>:*` | – | BullMQ's keys of the processor's queue |
 */

/** The only shard for now. It is part of every event id, so that more can be added. */
export const SHARD = "0";

const inbox = (name: string): string => `misskeep:{${SHARD}}:${name}`;
const processor = (name: string, rest: string): string => `misskeep:{${name}}:${rest}`;

export const keys = {
  inbox: inbox("inbox"),
  counts: inbox("counts"),
  refusals: inbox("refusals"),
  refused: inbox("refused"),
  spools: inbox("spools"),
  workers: inbox("workers"),
  workerDetails: inbox("workers:details"),
  subscriptions: inbox("subscriptions"),
  removed: inbox("removed"),
  audit: inbox("audit"),
  erased: inbox("erased"),
  alerts: inbox("alerts"),
  runs: inbox("runs"),
  /** BullMQ's `prefix` of the internal queue `runs`. */
  internalPrefix: `misskeep:{${SHARD}}`,
  session: (digest: string): string => inbox(`session:${digest}`),
  lock: (name: string): string => inbox(`lock:${name}`),
  /** @param start ms since 1970, a multiple of `step` */
  series: (step: string, start: number): string => inbox(`series:${step}:${start}`),
  activeRun: (name: string): string => processor(name, "run"),
  run: (name: string, run: string): string => processor(name, `run:${run}`),
  /** @param state of the run's jobs, or `planned` */
  runItems: (name: string, run: string, state: string): string =>
    processor(name, `run:${run}:items:${state}`),
  discarded: (name: string): string => processor(name, "discarded"),
  /** A key of the index of dead letters. No processor's name has a `_`: the index is dropped by its prefix. */
  dead: (name: string, key: string): string => processor(name, `dead_index:${key}`),
  /** @param digest an idempotency key */
  seen: (digest: string): string => inbox(`seen:${digest}`),
  once: (name: string, digest: string): string => processor(name, `once:${digest}`),
  paused: (name: string): string => processor(name, "paused"),
  /** BullMQ's `prefix`: it appends `:<queue name>:<its own key>`. */
  queuePrefix: (name: string): string => `misskeep:{${name}}`,
  /** A key of BullMQ's in the processor's queue, such as `failed`, or a job id. */
  queue: (name: string, key: string): string => `misskeep:{${name}}:${name}:${key}`,
} as const;

/** For SCAN: every job of every processor's queue, and some keys beside. */
export const JOB_KEYS = "misskeep:{*}:*:*-*-*";

/** Reads the key of a job. @returns undefined if it is another key */
export function readJobKey(key: string): { readonly processor: string; readonly id: string } | undefined {
  const [, processorName, id] = /^misskeep:\{([^{}]+)\}:\1:(\d+-\d+-\d+(?:~[^:]+)?)$/.exec(key) ?? [];
  return processorName === undefined || id === undefined ? undefined : { processor: processorName, id };
}

/** The consumer group through which dispatchers read the inbox. */
export const DISPATCHERS = "dispatchers";
