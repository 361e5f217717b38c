import { listRefusals } from "@misskeep/inbox";
import { deliver } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { openSocket, rawPost } from "./test-support/raw-socket.ts";
import { delivery, startIngest } from "./test-support/start-ingest.ts";

test("answers the delivery that is under way, and ends its connection", async () => {
  const { ingest, port, url } = await startIngest();
  const socket = await openSocket(port);
  socket.send(rawPost(["Expect: 100-continue", "Content-Length: 2"]));
  await socket.until(/100 Continue/);
  const stopped = ingest.stop(10_000);
  await expect(deliver(url, delivery())).rejects.toThrow(/ECONNREFUSED|ECONNRESET|socket hang up/);
  socket.send("{}");
  const answer = await socket.until(/accepted/);
  expect(answer).toMatch(/HTTP\/1\.1 202 [^]*\r\nconnection: close\r\n/i);
  await socket.ended();
  await stopped;
});

test("answers a delivery 503 that comes on an open connection while it stops", async () => {
  const { ingest, port } = await startIngest();
  const [before, after] = ["POST /misskey HTTP/1.1\r\nHost: a\r\n", "Content-Length: 2\r\n\r\n{}"];
  const right = await openSocket(port);
  const wrong = await openSocket(port);
  right.send(before);
  wrong.send(before);
  // An answered request on a later connection shows that the first bytes of the earlier ones have been read.
  await fetch(`http://127.0.0.1:${port}/health`);
  const stopped = ingest.stop(10_000);
  right.send(`X-Misskey-Hook-Secret: right\r\n${after}`);
  wrong.send(`X-Misskey-Hook-Secret: wrong\r\n${after}`);
  expect(await right.ended()).toMatch(/^HTTP\/1\.1 503 [^]*"code":"SHUTTING_DOWN"/);
  expect(await wrong.ended()).toMatch(/^HTTP\/1\.1 401 /);
  await stopped;
});

test("does not wait for ever for a client that stopped half-way, and answers it nothing", async () => {
  const { ingest, port } = await startIngest();
  const socket = await openSocket(port);
  socket.send(rawPost(["Expect: 100-continue", "Content-Length: 2"], "{"));
  await socket.until(/100 Continue/);
  await ingest.stop(50);
  expect(await socket.ended()).toBe("HTTP/1.1 100 Continue\r\n\r\n");
});

test("writes down the refusals that were not yet", async () => {
  const { ingest, url, redis } = await startIngest();
  await deliver(url, delivery(), { secret: "wrong" });
  await ingest.stop(50);
  expect((await listRefusals(redis)).counts).toEqual({ "wrong-secret": 1 });
});
