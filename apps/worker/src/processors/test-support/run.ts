import { type HandlerContext, type Outcome, type Processor, readConfig } from "@misskeep/processor";
import { type MisskeyEvent, parseEvent } from "@misskeep/schema";
import { captures } from "@misskeep/testkit";

/** Changes a delivery's JSON in place, before it is parsed. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests reach into any depth of it
export type Change = (delivery: any) => void;

const bodies = new Map(captures().map(({ name, rawBody }) => [name, rawBody.toString("utf8")]));
let events = 0;

/** A captured delivery as an event, with an id of its own. @throws Error if it no longer parses */
export function eventFrom(name: string, change: Change = () => {}): MisskeyEvent {
  const json: unknown = JSON.parse(bodies.get(name) ?? "");
  change(json);
  events += 1;
  const facts = { id: `0-${1_795_485_891_939 + events}-0`, hook: "default", receivedAt: Date.now() };
  const parsed = parseEvent(json, facts);
  if (!parsed.ok) throw new Error(`${name} does not parse: ${JSON.stringify(parsed.mismatches)}`);
  return parsed.event;
}

/** The processor's settings, read as the worker does. @throws Error if it is off or a setting is wrong */
export function configOf(processor: Processor, settings: Readonly<Record<string, string>>): unknown {
  const reading = readConfig(processor, settings);
  if (reading.status !== "on") throw new Error(`${processor.name} is not on: ${JSON.stringify(reading)}`);
  return reading.config;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Results of steps by name: what is in it does not run again, what runs is added. */
  readonly steps?: Map<string, unknown>;
  /** Gets everything that the handler logs. */
  readonly logged?: unknown[];
}

/** Runs a processor's handler once, without a queue. */
export async function run(
  processor: Processor,
  settings: Readonly<Record<string, string>>,
  event: MisskeyEvent,
  { signal = new AbortController().signal, steps = new Map<string, unknown>(), logged = [] }: RunOptions = {},
): Promise<Outcome> {
  const idempotencyKey = `${event.id}:${processor.name}`;
  const write = (fields: object, message: string): void => void logged.push({ ...fields, message });
  const context: HandlerContext<unknown> = {
    config: configOf(processor, settings),
    log: { debug: write, info: write, warn: write, error: write },
    signal,
    attempt: 1,
    idempotencyKey,
    async step(name, fn) {
      if (!steps.has(name)) steps.set(name, await fn({ idempotencyKey: `${idempotencyKey}:${name}` }));
      return steps.get(name) as Awaited<ReturnType<typeof fn>>;
    },
  };
  return processor.handle(event, context);
}
