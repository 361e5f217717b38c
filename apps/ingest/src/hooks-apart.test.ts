/** What the owner of one hook's secret can do to another hook: nothing. SECURITY.md says so. */
import { listEntries } from "@misskeep/inbox";
import { captures, deliver, type DeliveryAnswer } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { openSocket, rawPost } from "./test-support/raw-socket.ts";
import { delivery, startIngest, type TestIngest } from "./test-support/start-ingest.ts";

const HOOKS = [
  { name: "a", secrets: ["secret-of-a"] },
  { name: "ab", secrets: ["secret-of-ab"] },
];

const send = (
  app: TestIngest,
  hook: "a" | "ab",
  body: string | Buffer,
  headers = {},
): Promise<DeliveryAnswer> => deliver(app.url, delivery(body), { secret: `secret-of-${hook}`, headers });

const idIn = (answer: DeliveryAnswer): string => (answer.body as { id: string }).id;

describe("who holds the secret of one hook", () => {
  test.each([
    [
      "an event id that they know beforehand",
      '{"server":"https://s.test","eventId":"e1","type":"note"}',
      undefined,
    ],
    ["the very bytes", "no JSON at all", undefined],
    // Would run together with `a` and this server, if the parts had no lengths.
    [
      "a server chosen with care",
      '{"server":"bhttps://s.test","eventId":"e1"}',
      '{"server":"https://s.test","eventId":"e1"}',
    ],
  ])("suppresses no event of another hook, with %s", async (_what, others, forged) => {
    const app = await startIngest({ hooks: HOOKS });
    const early = await send(app, "ab", forged ?? others);
    const real = await send(app, "a", others);
    expect([early.status, real.status]).toEqual([202, 202]);
    expect(idIn(real)).not.toBe(idIn(early));
    // And keeps nothing alive there, either: a resend still finds its own.
    await send(app, "ab", forged ?? others);
    expect(await send(app, "a", others)).toMatchObject({ status: 200, body: { id: idIn(real) } });
    expect((await listEntries(app.redis, { limit: 9 })).map(({ hook }) => hook).toSorted()).toEqual([
      "a",
      "ab",
    ]);
  });

  test("forges nothing in another hook's name, by whatever header, path or body", async () => {
    const app = await startIngest({ hooks: HOOKS });
    const sent = captures()[0]!;
    await deliver(app.url, sent, { secret: "secret-of-ab" });
    await send(app, "ab", '{"hook":"a","hookName":"a","eventId":"x"}', {
      "x-misskey-hook-id": "a",
      "x-misskey-hook-name": "a",
      "x-misskey-host": "a",
      "x-forwarded-host": "a",
    });
    await deliver(`${app.url}?hook=a`, delivery("{}"), { secret: "secret-of-ab" });
    const socket = await openSocket(app.port);
    const twice = rawPost(["X-Misskey-Hook-Secret: secret-of-a2", "Content-Length: 1"], "1");
    socket.send(twice.replace("right", "secret-of-ab"));
    expect(await socket.until(/\}\n$/)).toMatch(/^HTTP\/1\.1 401 /);
    const entries = await listEntries(app.redis, { limit: 9 });
    expect(entries.map(({ hook }) => hook)).toEqual(["ab", "ab", "ab"]);
  });

  test("learns of no event of another hook: no answer tells one that came from one that did not", async () => {
    const app = await startIngest({ hooks: HOOKS });
    const known =
      '{"server":"https://s.test","eventId":"known","type":"note","body":{"note":{"text":"mine"}}}';
    const real = await send(app, "a", known);
    const asked = await send(app, "ab", known);
    const other = await send(app, "ab", known.replace("known", "other"));
    expect([asked.status, other.status]).toEqual([202, 202]);
    const shape = (answer: DeliveryAnswer): unknown => [
      Object.keys(answer.headers),
      Object.keys(answer.body as object),
    ];
    expect(shape(asked)).toEqual(shape(other));
    for (const answer of [asked, other]) {
      expect(JSON.stringify(answer.body)).not.toContain(idIn(real));
      expect(JSON.stringify(answer)).not.toContain("mine");
    }
    // There is nothing else to ask at this door.
    for (const path of [
      "/",
      "/events",
      `/misskey/${idIn(real)}`,
      "/metrics",
      "/api/events",
      "/ready/details",
    ])
      expect(
        (await deliver(new URL(path, app.url).href, delivery("{}"), { secret: "secret-of-ab" })).status,
      ).toBe(404);
  });
});
