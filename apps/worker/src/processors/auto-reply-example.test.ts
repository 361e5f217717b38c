import { Misconfigured, PermanentError, type Processor, RetryLater } from "@misskeep/processor";
import { type Note, parseEvent } from "@misskeep/schema";
import { type AnswerWith, type HttpReceiver, httpReceiver, repositoryRoot } from "@misskeep/testkit";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { loadExternalProcessors } from "../external-processors.ts";
import { startReplicas } from "./test-support/replicas.ts";
import { type Change, eventFrom, run } from "./test-support/run.ts";
import { everythingIn } from "./test-support/target.ts";

const TOKEN = "planted-token";
/** A mention that is no reply, made one that is answered. */
const mention = (url: string, change: Change = () => {}) =>
  eventFrom("mention-remote-mastodon", toMention(url, change));
const toMention =
  (url: string, change: Change = () => {}): Change =>
  (delivery) => {
    delivery.server = url;
    change(delivery);
  };

async function load(): Promise<Processor> {
  const all = await loadExternalProcessors(join(repositoryRoot, "examples"));
  return all.find(({ name }) => name === "auto-reply")!;
}

async function startMisskey(
  answer: AnswerWith = () => ({ status: 200, body: { createdNote: { id: "n1" } } }),
): Promise<HttpReceiver> {
  const misskey = await httpReceiver(answer);
  onTestFinished(() => misskey.close());
  return misskey;
}

const settings = ({ url }: { readonly url: string }) => ({ MISSKEY_URL: url, MISSKEY_TOKEN: TOKEN });

afterEach(() => {
  vi.useRealTimers();
});

describe("examples/auto-reply.js", () => {
  it("answers a mention through Misskey's API", async () => {
    const misskey = await startMisskey();
    await expect(run(await load(), settings(misskey), mention(misskey.url))).resolves.toEqual({
      type: "handled",
    });
    expect(misskey.requests).toHaveLength(1);
    expect(misskey.requests[0]).toMatchObject({
      method: "POST",
      path: "/api/notes/create",
      json: {
        i: TOKEN,
        replyId: "atxmdh7faohs004v",
        text: "@Gargron_test@mastodon.test Thank you! I will read this later.",
        visibility: "public",
        localOnly: false,
      },
    });
  });

  it.each<[string, Change]>([
    ["a bot's mention", ({ body }) => (body.note.user.isBot = true)],
    ["its own note", (delivery) => (delivery.userId = delivery.body.note.user.id)],
    ["the test button", ({ body }) => (body.note.id = "dummy-note-1")],
    ["a hook of nobody", (delivery) => delete delivery.userId],
    ["another server", (delivery) => (delivery.server = "https://other.example")],
    [
      "an answer to its answer",
      (delivery) => {
        const { note } = delivery.body;
        Object.assign(note, {
          replyId: "mine",
          reply: { ...note, id: "mine", replyId: "theirs", user: { ...note.user, id: delivery.userId } },
        });
      },
    ],
    ["a reply to what is not shown", ({ body }) => (body.note.replyId = "hidden")],
  ])("ignores %s", async (_, change) => {
    const misskey = await startMisskey();
    const outcome = await run(await load(), settings(misskey), mention(misskey.url, change));
    expect(outcome).toMatchObject({ type: "ignored" });
    expect(misskey.requests).toHaveLength(0);
  });

  it("answers a reply to a note that began a talk", async () => {
    const misskey = await startMisskey();
    const event = eventFrom(
      "mention-by-reply",
      toMention(misskey.url, ({ body }) => (body.note.user.isBot = false)),
    );
    await expect(run(await load(), settings(misskey), event)).resolves.toEqual({ type: "handled" });
  });

  const direct = { visibility: "specified", visibleUserIds: ["atxmcitirmt00000"] };
  it.each([
    ["public", false, { visibility: "public", localOnly: false }],
    ["home", false, { visibility: "home", localOnly: false }],
    ["home", true, { visibility: "home", localOnly: true }],
    ["followers", false, { visibility: "followers", localOnly: false }],
    ["specified", false, { ...direct, localOnly: false }],
    ["specified", true, { ...direct, localOnly: true }],
    [undefined, false, { ...direct, localOnly: false }],
    ["everyone", false, { ...direct, localOnly: false }],
  ])("answers %s (local only: %s) no more widely", async (visibility, localOnly, expected) => {
    const misskey = await startMisskey();
    const event = mention(misskey.url, ({ body }) =>
      Object.assign(body.note, { visibility, localOnly, visibleUserIds: ["a", "b"] }),
    );
    await run(await load(), settings(misskey), event);
    expect(misskey.requests[0]!.json).toMatchObject(expected);
    if (expected.visibility !== "specified")
      expect(misskey.requests[0]!.json).not.toHaveProperty("visibleUserIds");
  });

  it("stays in the mention's channel", async () => {
    const misskey = await startMisskey();
    await run(
      await load(),
      settings(misskey),
      mention(misskey.url, ({ body }) => (body.note.channelId = "c1")),
    );
    expect(misskey.requests[0]!.json).toMatchObject({ channelId: "c1" });
  });

  describe("once a minute to one user", () => {
    it("holds within a replica, over the full minute too", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 12, 0, 59, 900) });
      const misskey = await startMisskey();
      const processor = await load();
      const ends: string[] = [];
      const at = async (ms: number, change?: Change): Promise<void> => {
        vi.setSystemTime(Date.now() + ms);
        ends.push((await run(processor, settings(misskey), mention(misskey.url, change))).type);
      };
      await at(0);
      await at(200);
      await at(200, ({ body }) => (body.note.user.id = "someone-else"));
      await at(59_000);
      await at(600);
      expect(ends).toEqual(["handled", "ignored", "handled", "ignored", "handled"]);
    });

    it("holds over replicas", async () => {
      const misskey = await startMisskey();
      const { handle } = await startReplicas([await load(), await load()], settings(misskey));
      const delivery = { capture: "mention-remote-mastodon", receivedAt: Date.UTC(2026, 10, 24, 12, 0, 30) };
      const from = (user: string) => ({
        ...delivery,
        change: toMention(misskey.url, ({ body }) => (body.note.user.id = user)),
      });
      const ends = await handle({
        "0-1-0": from("u"),
        "0-2-0": from("u"),
        "0-3-0": from("u"),
        "0-4-0": from("v"),
      });
      expect(Object.values(ends).filter((end) => end === "handled")).toHaveLength(2);
      expect(misskey.requests).toHaveLength(2);
    });

    it("does not keep an event from its own next attempt", async () => {
      const misskey = await startMisskey((_, index) => ({ status: index === 0 ? 500 : 200 }));
      const processor = await load();
      const event = mention(misskey.url);
      await expect(run(processor, settings(misskey), event)).rejects.toThrow("answered 500");
      await expect(run(processor, settings(misskey), event)).resolves.toEqual({ type: "handled" });
    });
  });

  it("does not answer again what a step has recorded", async () => {
    const misskey = await startMisskey();
    const steps = new Map<string, unknown>();
    const event = mention(misskey.url);
    await run(await load(), settings(misskey), event, { steps });
    await run(await load(), settings(misskey), event, { steps });
    expect(misskey.requests).toHaveLength(1);
  });

  it.each([
    [400, PermanentError],
    [401, Misconfigured],
    [403, Misconfigured],
    [404, Misconfigured],
    [302, Misconfigured],
    [500, Error],
    [429, RetryLater],
  ])("takes %i for what it is, and keeps the token to itself", async (status, kind) => {
    const elsewhere = await startMisskey();
    const misskey = await startMisskey(() => ({
      status,
      headers: { location: elsewhere.url },
      body: "planted-body",
    }));
    const logged: unknown[] = [];
    const error: unknown = await run(await load(), settings(misskey), mention(misskey.url), { logged }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(kind);
    expect(everythingIn(error) + JSON.stringify(logged)).not.toContain("planted");
    expect(elsewhere.requests).toHaveLength(0);
  });

  it.each([
    ["120", 120_000],
    [undefined, 60_000],
  ])("comes back after Retry-After: %s", async (header, delayMs) => {
    const headers: Record<string, string> = header === undefined ? {} : { "retry-after": header };
    const misskey = await startMisskey(() => ({ status: 429, headers }));
    await expect(run(await load(), settings(misskey), mention(misskey.url))).rejects.toMatchObject({
      delayMs,
    });
  });
});

/** One of two people whose servers deliver to each other, each with an auto-reply. */
interface Side {
  readonly owner: string;
  readonly processor: Processor;
  readonly misskey: HttpReceiver;
  /** Of both sides: what either has seen. */
  readonly notes: Map<string, Note>;
}

describe("two auto-replies", () => {
  it.each([
    ["whose servers deliver at once", 0],
    ["whose servers take ten minutes", 600_000],
  ])("do not go on with each other: %s", async (_, latencyMs) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const notes = new Map<string, Note>();
    const start = async (owner: string): Promise<Side> => ({
      owner,
      processor: await load(),
      misskey: await startMisskey(),
      notes,
    });
    const sides = [await start("alice"), await start("bob")] as const;
    const claimed = new Set<string>();
    const first: Note = {
      id: "n0",
      user: { id: "alice", username: "alice", host: "a.example", isBot: false },
      text: "@bob hi",
      visibility: "public",
    };
    notes.set(first.id, first);

    let onItsWay: Note | undefined = first;
    for (let hop = 0; onItsWay !== undefined && hop < 50; hop += 1) {
      vi.setSystemTime(Date.now() + latencyMs);
      const to = sides.find(({ owner }) => owner !== onItsWay?.user.id)!;
      onItsWay = await deliver(onItsWay, to, claimed);
    }
    expect(onItsWay).toBeUndefined();
    // Bob's auto-reply answers the first note, Alice's that answer; there it ends.
    expect([...notes.keys()]).toEqual(["n0", "n1", "n2"]);
  });
});

/** Delivers a mention to a side. @returns the note with which it answers, if it does */
async function deliver(
  note: Note,
  { owner, processor, misskey, notes }: Side,
  claimed: Set<string>,
): Promise<Note | undefined> {
  const reply = notes.get(note.replyId ?? "");
  const body = { note: reply === undefined ? note : { ...note, reply } };
  const json = { server: misskey.url, hookId: "h", userId: owner, type: "mention", body };
  const parsed = parseEvent(json, { id: `0-${notes.size}-0`, hook: "default", receivedAt: Date.now() });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mismatches));
  const meaning = `${owner} ${processor.once(parsed.event) ?? parsed.event.id}`;
  if (claimed.has(meaning)) return undefined;
  claimed.add(meaning);
  const sent = misskey.requests.length;
  await run(processor, settings(misskey), parsed.event);
  const created = misskey.requests[sent]?.json as Pick<Note, "replyId" | "text" | "visibility"> | undefined;
  if (created === undefined) return undefined;
  const { replyId, text, visibility } = created;
  const user = { id: owner, username: owner, host: `${owner}.example`, isBot: false };
  const answer: Note = { id: `n${notes.size}`, user, text, visibility, replyId };
  notes.set(answer.id, answer);
  return answer;
}
