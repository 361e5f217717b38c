/**
 * A deployment in which a lot has happened: every capture was sent, and what a person may meet in the console is there.
 *
 * | there is | by |
 * |---|---|
 * | groups of dead letters that failed in different ways, one resolved, one muted | `translate` |
 * | something that runs and something that waits | `preview`, one at a time, whose target never answers |
 * | a paused processor with jobs | `tickets` |
 * | a processor that is off | `welcome`, which lacks a setting |
 * | refused deliveries, duplicates | `ingest` |
 * | an ended run, a discarded letter, an edited replay | the API |
 */
import { freshRedisUrl, type ReceivedRequest, type ReceiverAnswer } from "@misskeep/testkit";
import { type ConsoleApi, startConsole } from "../../support/console.ts";
import {
  type AtEnd,
  captures,
  idOf,
  type Ingest,
  makeWorld,
  until,
  type World,
} from "../../support/world.ts";
import { writeHistory } from "./history.ts";

export interface Desk {
  readonly world: World;
  readonly ingest: Ingest;
  readonly console: ConsoleApi;
  /** The event of each capture. */
  readonly events: ReadonlyMap<string, string>;
  /** Dead letters of `translate`, as the API lists them. */
  letters(query?: string): Promise<Letter[]>;
  groups(): Promise<Group[]>;
}

export interface Letter {
  readonly id: string;
  readonly processor: string;
  readonly group: string;
}

export interface Group {
  readonly group: string;
  readonly processor: string;
  readonly count: number;
  readonly state: string;
  readonly error: { readonly name: string };
}

export interface DeskOptions {
  readonly atEnd: AtEnd;
  readonly redisUrl?: string;
  /** Names of captures to send. @default all */
  readonly send?: readonly string[];
  /** Whether there are figures of the day before. @default false */
  readonly history?: boolean;
}

/** Ingest, a worker with the processors of test/browser/processors, the console, and the captures sent. */
export async function makeDesk({ atEnd, redisUrl, send, history = false }: DeskOptions): Promise<Desk> {
  const world = await makeWorld(redisUrl ?? (await freshRedisUrl()), atEnd);
  world.receiver.answerWith(answer);
  if (history) await writeHistory(world.redis);
  const [ingest] = await Promise.all([world.ingest(), startWorker(world)]);
  const console = await startConsole(world.redisUrl, atEnd);
  const events = new Map<string, string>();
  for (const { name } of captures()) {
    if (send?.includes(name) ?? true) events.set(name, idOf(await ingest.deliver(name)));
  }
  const desk: Desk = {
    world,
    ingest,
    console,
    events,
    letters: async (query = "processor=translate") =>
      (await read<{ letters: Letter[] }>(console, `/api/dead?limit=200&${query}`)).letters,
    groups: () => read<Group[]>(console, "/api/dead/groups"),
  };
  await until(async () => (await world.ended("archive")).completed >= events.size);
  await until(async () => {
    const list = await read<{ name: string; waiting: number; active: number; delayed: number }[]>(
      console,
      "/api/processors",
    );
    const translate = list.find(({ name }) => name === "translate");
    return translate && translate.waiting + translate.active + translate.delayed === 0;
  });
  return desk;
}

function startWorker({ worker, receiver: { url } }: World): ReturnType<World["worker"]> {
  return worker({
    processors: [],
    env: {
      PROCESSORS_DIR: new URL("../processors", import.meta.url).pathname,
      ARCHIVE_URL: `${url}/archive`,
      TRANSLATE_URL: `${url}/translate`,
      TRANSLATE_KEY: "the-key-of-the-service",
      TICKETS_URL: `${url}/tickets`,
      PREVIEW_URL: `${url}/preview`,
    },
  });
}

/** What the processors' targets answer at first: `translate` cannot handle replies, renotes and notes with files. */
export function answer({ path, json }: ReceivedRequest): ReceiverAnswer | "hang" {
  if (path === "/preview") return "hang";
  if (path !== "/translate") return { status: 200 };
  const { type, body } = json as { type: string; body: { note?: { files?: unknown[] } } };
  if (type === "renote") return { status: 422, body: {} };
  if (type === "reply") return { status: 503, body: {} };
  // The processor does not expect this one.
  if ((body.note?.files?.length ?? 0) > 0) return { status: 200, body: {} };
  return TRANSLATED;
}

export const TRANSLATED = { status: 200, body: { translations: { first: { text: "" } } } } as const;

/** Lets everything happen that is in the table above. */
export async function liveThroughADay({ world, ingest, console, letters, groups }: Desk): Promise<{
  readonly run: string;
  readonly edited: string;
}> {
  await ingest.deliver("note-plain-japanese", { secret: "not the secret" });
  await ingest.deliver("reply-simple", { secret: "not the secret" });
  for (const name of ["note-plain-japanese", "renote-quote"]) await ingest.deliver(name);
  await console.post("mio", "/api/processors/tickets/pause", { why: "the ticket system moves" });
  await ingest.deliver("abuseReport-local", { fresh: true });

  const refused = (await groups()).find(({ error }) => error.name === "PermanentError");
  const broken = (await groups()).find(({ error }) => error.name === "TypeError");
  const away = (await groups()).find(({ error }) => error.name === "Error");
  if (!refused || !broken || !away) throw new Error("the groups that were to be there are not");
  const why = "known, the service learns it in May";
  await console.post("mio", `/api/dead/groups/${refused.group}/mute`, {
    why,
    until: Date.now() + 86_400_000,
  });
  await console.post("mio", `/api/dead/groups/${broken.group}/resolve`, { why: "mended" });

  const [first, second, third] = await letters(`processor=translate&group=${refused.group}`);
  if (!first || !second || !third) throw new Error("there are too few dead letters");
  const discard = { processor: "translate", ids: [first.id, second.id], why: "only tests", count: 2 };
  await console.post("mio", "/api/dead/discard", discard);

  // The service is back, and knows half of the replies.
  world.receiver.answerWith((request) => {
    const isReply = request.path === "/translate" && request.body.startsWith('{"type":"reply"');
    return isReply && request.body.length % 2 === 0 ? TRANSLATED : answer(request);
  });
  const run = await runThrough(console, away.group);
  world.receiver.answerWith(answer);

  const { raw } = await read<{ raw: { utf8: string } }>(
    console,
    `/api/dead/letters/translate/${third.id}?raw=1`,
  );
  await console.post("mio", `/api/dead/letters/translate/${third.id}/edit`, {
    body: raw.utf8.replace('"type":"renote"', '"type":"note"'),
    why: "the language is wrong",
  });
  return { run, edited: third.id };
}

/** Replays a group of `translate` and waits for the end of what was replayed. @returns the run's id */
async function runThrough(console: ConsoleApi, group: string): Promise<string> {
  const scope = { kind: "replay", filter: { processor: "translate", group } };
  const plan = await console.post<{ total: number; until: number }>("mio", "/api/runs/plan", { scope });
  const request = { scope, total: plan.total, until: plan.until, name: "The service is back" };
  const { id } = await console.post<{ id: string }>("mio", "/api/runs", {
    request: { ...request, ratePerSecond: 20, guard: { first: 1, maxFailed: 100 } },
    why: "it was away for an hour",
  });
  await until(async () => {
    const { state, items } = await read<{ state: string; items: { running: number; failing: number } }>(
      console,
      `/api/runs/${id}`,
    );
    return state === "done" && items.running + items.failing === 0;
  });
  return id;
}

async function read<T>(console: ConsoleApi, path: string): Promise<T> {
  const { status, text } = await console.get("mio", path);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}
