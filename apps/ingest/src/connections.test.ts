import { deliver, until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { openSocket, type RawSocket, rawPost } from "./test-support/raw-socket.ts";
import { delivery, startIngest, type TestIngest } from "./test-support/start-ingest.ts";

const RIGHT = rawPost(["Content-Length: 2"], "{}");

/** As many as there may be; the first `trusted` of them brought a valid secret. */
async function fill(max: number, trusted: number): Promise<{ app: TestIngest; sockets: RawSocket[] }> {
  const app = await startIngest({ limits: { maxConnections: max } });
  const sockets: RawSocket[] = [];
  for (let n = 0; n < max; n += 1) {
    const socket = await openSocket(app.port);
    sockets.push(socket);
    socket.send(n < trusted ? RIGHT : RIGHT.replace("right", "wrong"));
    await socket.until(/\}\n$/);
  }
  return { app, sockets };
}

test("beyond the limit the oldest stranger goes, and who comes is served", async () => {
  const { app, sockets } = await fill(4, 2);
  const [friend, other, oldest, newer] = sockets as [RawSocket, RawSocket, RawSocket, RawSocket];
  const late = await openSocket(app.port);
  late.send(RIGHT);
  await late.until(/"(accepted|duplicate)"/);
  expect(await oldest.ended()).toContain(" 401 ");
  expect([friend.isOpen(), other.isOpen(), newer.isOpen()]).toEqual([true, true, true]);
  friend.send(RIGHT);
  await friend.until(/"duplicate"[^]*"duplicate"|"accepted"[^]*"duplicate"/);
});

test("where all open ones brought a valid secret, who comes is closed, and served once there is room", async () => {
  const { app, sockets } = await fill(3, 3);
  const late = await openSocket(app.port);
  expect(await late.ended()).toBe("");
  expect(sockets.every((each) => each.isOpen())).toBe(true);
  sockets[0]?.end();
  await until(async () => {
    const socket = await openSocket(app.port);
    socket.send(RIGHT);
    return (await socket.until(/"duplicate"/).catch(() => "")).includes("duplicate");
  });
});

const halves: readonly [what: string, sent: string][] = [
  ["nothing", ""],
  ["half of their headers", "POST /misskey HTTP/1.1\r\nHost: a\r\nX-Misskey-Hook-Secret: wro"],
  ["half of a body", rawPost(["Content-Length: 1000"], "{").replace("right", "wrong")],
  ["one request, and stay", RIGHT.replace("right", "wrong")],
  ["a question for the health, and stay", "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"],
];

test.each(halves)(
  "3,000 strangers who send %s hold at most the limit open, and disturb no delivery",
  async (_what, sent) => {
    // The default time-outs: what ends them here is the limit alone.
    const app = await startIngest({ limits: { maxConnections: 100 } });
    const count = (): Promise<number> =>
      new Promise((resolve) => app.ingest.app.server.getConnections((_error, open) => resolve(open)));
    let most = 0;
    const strangers: Promise<unknown>[] = [];
    for (let n = 0; n < 3_000; n += 1) {
      const socket = await openSocket(app.port);
      socket.send(sent);
      strangers.push(socket.ended());
      if (n % 50 === 0) {
        // Over a connection that is as new as theirs.
        const friend = await openSocket(app.port);
        friend.send(rawPost(["Content-Length: 2", "Connection: close"], "{}"));
        expect(await friend.ended()).toMatch(/^HTTP\/1\.1 20[02] /);
        most = Math.max(most, await count());
      }
    }
    expect(most).toBeGreaterThan(90);
    // The test's own sockets, in the same process, are closed a moment later than the server's.
    expect(most).toBeLessThan(120);
    expect((await deliver(app.url, delivery("another"))).status).toBe(202);
  },
);
