import { findEntry, inboxState, listEntries } from "@misskeep/inbox";
import { capture, captures, deliver, resendGroups } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { captureHook, delivery, startIngest } from "./test-support/start-ingest.ts";

interface Answer {
  readonly status: string;
  readonly id: string;
}

test("keeps each captured delivery byte for byte and answers 202, and 200 with its id when it comes again", async () => {
  const { url, redis } = await startIngest({ hooks: [captureHook()] });
  const authentic = captures().filter(({ secret }) => secret !== "");
  expect(authentic.length).toBeGreaterThan(30);
  for (const sent of authentic) {
    const first = await deliver(url, sent);
    expect(first, sent.name).toMatchObject({ status: 202, body: { status: "accepted" } });
    const { id } = first.body as Answer;
    expect((await findEntry(redis, id))?.body.equals(sent.rawBody), sent.name).toBe(true);
    const again = await deliver(url, sent);
    expect(again, sent.name).toMatchObject({ status: 200, body: { status: "duplicate", id } });
  }
  expect((await inboxState(redis)).entries).toBe(authentic.length);
});

test("keeps an event that Misskey really resent once", async () => {
  const { url, redis } = await startIngest({ hooks: [captureHook()] });
  for (const { name, sends } of resendGroups()) {
    const statuses = [];
    for (const sent of sends) statuses.push((await deliver(url, sent)).status);
    expect(statuses, name).toEqual(sends.map((_, index) => (index === 0 ? 202 : 200)));
  }
  expect((await inboxState(redis)).entries).toBe(resendGroups().length);
});

test("keeps what matters of a delivery beside its body", async () => {
  const { url, redis } = await startIngest({ hooks: [captureHook()] });
  const before = Date.now();
  await deliver(url, capture("note-13.10.3-text-plain"));
  const [entry] = await listEntries(redis, { limit: 1 });
  expect(entry).toMatchObject({
    hook: "captured",
    meta: {
      hookId: "atxmvumskg",
      host: "old.misskey.test:3177",
      userAgent: "Misskey-Hooks",
      contentType: "text/plain;charset=UTF-8",
      type: "note",
    },
  });
  expect(entry?.receivedAt).toBeGreaterThanOrEqual(before);
  expect(entry?.receivedAt).toBeLessThanOrEqual(Date.now());
});

test.each<[string, string | Buffer, string?]>([
  ["a type", String.raw`{"type":"\ud83d note"}`, "\ud83d note"],
  ["the longest type", JSON.stringify({ type: "t".repeat(128) }), "t".repeat(128)],
  ["a longer one", JSON.stringify({ type: "t".repeat(129) })],
  ["an empty one", '{"type":""}'],
  ["one that is no text", '{"type":["note"]}'],
  ["none", "{}"],
  ["one in what is no JSON", '{"type":"note"'],
  ["one in what is no UTF-8", Buffer.from('{"type":"note","n":"\xff"}', "latin1")],
])(
  "of a body with %s it keeps the type only where the event can be dispatched by it",
  async (_, body, type) => {
    const { url, redis } = await startIngest();
    await deliver(url, delivery(body));
    const [entry] = await listEntries(redis, { limit: 1 });
    expect(entry?.meta.type).toBe(type);
  },
);

const megabyte = "m".repeat(1_000_000);
test.each([
  ["is not JSON", "so it goes"],
  ["is empty", ""],
  ["is JSON but no object", "[1]"],
  ["is null", "null"],
  ["has lone surrogates", String.raw`{"eventId":"e","server":"\ud83d","body":{"note":{"text":"\ud83d"}}}`],
  ["is invalid UTF-8", Buffer.from('{"eventId":"\xff"}', "latin1")],
  ["begins with a BOM", '\ufeff{"eventId":"e"}'],
  ["has an empty eventId", '{"eventId":""}'],
  ["has null for eventId", '{"eventId":null}'],
  ["has an object for eventId", '{"eventId":{"a":1}}'],
  ["has a megabyte for eventId", JSON.stringify({ eventId: megabyte })],
  ["has an unknown type", '{"eventId":"e","type":"note@someone","body":7}'],
  ["has no fields", "{}"],
  ["has fields of wrong types", '{"server":1,"hookId":[],"eventId":2,"createdAt":"x","type":{}}'],
  ["would pollute a prototype", '{"__proto__":{"eventId":"x"},"constructor":{"prototype":{}}}'],
  ["is nested very deeply", `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
  ["has 1.2 MB", JSON.stringify({ eventId: "e", body: { note: { text: "あ".repeat(400_000) } } })],
  ["looks compressed", Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00])],
])("keeps a body that %s, and knows it when it comes again", async (_what, body) => {
  const { url, redis } = await startIngest();
  const first = await deliver(url, delivery(body));
  expect(first.status).toBe(202);
  const { id } = first.body as Answer;
  expect((await findEntry(redis, id))?.body.equals(Buffer.from(body))).toBe(true);
  expect(await deliver(url, delivery(body))).toMatchObject({ status: 200, body: { id } });
});

test.each([
  ["none", undefined],
  ["JSON", "application/json"],
  ["text", "text/plain;charset=UTF-8"],
  ["a form", "multipart/form-data"],
  ["nonsense", ";;; /, \u00e9"],
  ["nothing", ""],
])("takes a body with a content type of %s", async (_what, type) => {
  const { url, redis } = await startIngest();
  const answer = await deliver(url, delivery("{not json"), { headers: { "content-type": type } });
  expect(answer.status).toBe(202);
  const [entry] = await listEntries(redis, { limit: 1 });
  expect(entry?.body.toString()).toBe("{not json");
});

test("leaves a compressed body as it is", async () => {
  const { url, redis } = await startIngest();
  const answer = await deliver(url, delivery("not really gzip"), { headers: { "content-encoding": "gzip" } });
  expect(answer.status).toBe(202);
  expect((await listEntries(redis, { limit: 1 }))[0]?.body.toString()).toBe("not really gzip");
});

test("takes deliveries with a slash at the end and with any query string, and never redirects", async () => {
  const { url } = await startIngest();
  for (const path of ["/", "?", "/?a=b", "?%", "?%zz=1&&;=", "?/../..//"]) {
    const answer = await deliver(`${url}${path}`, delivery(path));
    expect(answer.status, path).toBe(202);
  }
});

test("keeps the events of two hooks apart, and those of two servers", async () => {
  const hooks = [
    { name: "one", secrets: ["right"] },
    { name: "two", secrets: ["second"] },
  ];
  const { url } = await startIngest({ hooks });
  const body = '{"eventId":"same"}';
  expect((await deliver(url, delivery(body))).status).toBe(202);
  expect((await deliver(url, delivery(body), { secret: "second" })).status).toBe(202);
  const elsewhere = { headers: { "x-misskey-host": "other.test" } };
  expect((await deliver(url, delivery(body), elsewhere)).status).toBe(202);
  expect((await deliver(url, delivery(body), elsewhere)).status).toBe(200);
});

test("shows neither what it is made of nor more than the answer", async () => {
  const { url } = await startIngest();
  const { headers } = await deliver(url, delivery());
  expect(Object.keys(headers).toSorted()).toEqual([
    "connection",
    "content-length",
    "content-type",
    "date",
    "keep-alive",
  ]);
});
