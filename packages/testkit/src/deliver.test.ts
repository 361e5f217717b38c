import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { capture, captures, resendGroups } from "./captures.ts";
import { deliver } from "./deliver.ts";
import { httpReceiver } from "./http-receiver.ts";

test("each captured body is as long as its header says", () => {
  const all = [...captures(), ...resendGroups().flatMap(({ sends }) => sends)];
  for (const { name, headers, rawBody } of all) {
    const length = headers.find(([header]) => header === "content-length")?.[1];
    expect(rawBody.length, name).toBe(Number(length));
  }
});

test("the sends of a resend group are the same event", () => {
  for (const { name, sends } of resendGroups()) {
    expect(sends.length, name).toBeGreaterThan(1);
    for (const send of sends) expect(send.rawBody.equals(sends[0]?.rawBody ?? Buffer.of()), name).toBe(true);
  }
});

test("a capture goes over the wire as Misskey sent it, but for the host", async () => {
  const sent = capture("note-plain-japanese");
  let received = "";
  const server = createServer((socket: Socket) => {
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      received += chunk;
      if (received.length >= received.indexOf("\r\n\r\n") + 4 + sent.rawBody.length)
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await deliver(`http://127.0.0.1:${port}/misskey`, sent)).toMatchObject({ status: 204 });
  const expected = sent.headers.map(
    ([name, value]) => `${name}: ${name === "Host" ? `127.0.0.1:${port}` : value}\r\n`,
  );
  const body = sent.rawBody.toString("latin1");
  expect(received).toBe(`POST /misskey HTTP/1.1\r\n${expected.join("")}\r\n${body}`);
});

test("a delivery can carry another secret, other headers and another body", async () => {
  const receiver = await httpReceiver(() => ({ status: 200, body: { status: "fine" } }));
  onTestFinished(() => receiver.close());
  const answer = await deliver(`${receiver.url}/misskey`, capture("note-direct"), {
    secret: "other",
    headers: { "Content-Type": undefined, "x-extra": "1" },
    body: "{}",
  });
  expect(answer).toMatchObject({ status: 200, body: { status: "fine" } });
  expect(receiver.requests[0]).toMatchObject({
    path: "/misskey",
    body: "{}",
    headers: { "x-misskey-hook-secret": "other", "x-extra": "1", "content-length": "2" },
  });
  expect(receiver.requests[0]?.headers).not.toHaveProperty("content-type");
});
