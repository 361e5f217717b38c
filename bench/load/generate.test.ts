import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { generate } from "./generate.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/misskey`;
}

test("without a rate each connection waits for its answer", async () => {
  let [under, most] = [0, 0];
  const url = await serve((request, response) => {
    most = Math.max(most, (under += 1));
    request.resume().once("end", () =>
      setTimeout(() => {
        under -= 1;
        response.writeHead(202).end("{}");
      }, 1),
    );
  });
  const { answers, acknowledged } = await generate({ urls: [url], connections: 3, resends: 0, count: 30 });
  expect(answers).toEqual({ 202: 30 });
  expect(acknowledged).toHaveLength(30);
  expect(most).toBe(3);
});

test("with a rate it sends what is due, whatever was answered", async () => {
  const held: (() => void)[] = [];
  const url = await serve((request, response) => {
    request.resume();
    held.push(() => void response.writeHead(202).end("{}"));
    if (held.length === 40) for (const answer of held) answer();
  });
  const { answers } = await generate({ urls: [url], connections: 64, resends: 0, count: 40, rate: 1_000 });
  expect(answers).toEqual({ 202: 40 });
});

test("with a rate a slow answer is in the times of all that were due meanwhile", async () => {
  const eachMs = 20;
  const url = await serve((request, response) => {
    request.resume().once("end", () => setTimeout(() => response.writeHead(202).end("{}"), eachMs));
  });
  const job = { urls: [url], connections: 1, resends: 0, count: 10, rate: 10_000 };
  const { latencies } = await generate(job);
  // All are due within 1 ms; the last has nine before it on the only connection.
  expect(Math.max(...latencies)).toBeGreaterThan(10 * (eachMs - 1) - 1);
});

test("a broken connection is an answer, and acknowledges nothing", async () => {
  const url = await serve((request) => void request.socket.destroy());
  const { answers, acknowledged } = await generate({ urls: [url], connections: 2, resends: 0, count: 4 });
  expect(answers).toEqual({ broken: 4 });
  expect(acknowledged).toEqual([]);
});

test("resends that are known are told apart from those that are not", async () => {
  const seen = new Set<string>();
  const url = await serve((request, response) => {
    let body = "";
    request
      .on("data", (chunk: Buffer) => (body += chunk.toString("latin1")))
      .once("end", () => {
        const { eventId } = JSON.parse(body) as { eventId: string };
        if (seen.has(eventId)) response.writeHead(200).end('{"status":"duplicate"}');
        else response.writeHead(202).end('{"status":"accepted"}');
        seen.add(eventId);
      });
  });
  const result = await generate({ urls: [url], connections: 4, resends: 0.25, count: 100 });
  expect(result).toMatchObject({ answers: { 202: 75, 200: 25 }, resends: 25, knownResends: 25 });
  expect(new Set(result.acknowledged)).toEqual(seen);
});
