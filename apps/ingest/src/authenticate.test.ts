import { capture, deliver } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { createAuthenticator } from "./authenticate.ts";
import { captureHook, delivery, startIngest } from "./test-support/start-ingest.ts";
import { openSocket } from "./test-support/raw-socket.ts";

const WRONG = { status: 401, body: { code: "WRONG_SECRET", message: expect.any(String) } };
const NONE = { status: 401, body: { code: "NO_SECRET", message: expect.any(String) } };

test("knows which hook a secret belongs to, and which of its secrets it is", () => {
  const hooks = [
    { name: "one", secrets: ["first", "second"] },
    { name: "two", secrets: ["third"] },
  ];
  const authenticate = createAuthenticator(hooks);
  expect(authenticate("first")).toEqual({ hook: { name: "one" }, secretNumber: 1 });
  expect(authenticate("second")).toEqual({ hook: { name: "one" }, secretNumber: 2 });
  expect(authenticate("third")).toEqual({ hook: { name: "two" }, secretNumber: 1 });
  for (const wrong of ["", "First", "first ", "firs", "firstt", "first, first", "\u00fe"])
    expect(authenticate(wrong), wrong).toBeUndefined();
});

test("refuses to start with a secret that is empty or that no header can carry", () => {
  for (const secret of ["", " ", "\t", "日本"])
    expect(() => createAuthenticator([{ name: "one", secrets: ["fine", secret] }])).toThrow(
      /Secret 2 of hook "one"/,
    );
});

test("takes the old and the new secret of a hook while one is being changed", async () => {
  const hooks = [{ name: "rotated", secrets: ["new secret", "right"] }];
  const { url } = await startIngest({ hooks });
  const old = await deliver(url, delivery());
  expect(old.status).toBe(202);
  expect(await deliver(url, delivery(), { secret: "new secret" })).toMatchObject({
    status: 200,
    body: { id: (old.body as { id: string }).id },
  });
});

test("answers a secret that is wrong, empty or absent 401", async () => {
  const { url, redis } = await startIngest();
  expect(await deliver(url, delivery(), { secret: "wrong" })).toMatchObject(WRONG);
  expect(await deliver(url, delivery(), { secret: "" })).toMatchObject(NONE);
  expect(await deliver(url, delivery(), { secret: "  " })).toMatchObject(NONE);
  expect(await deliver(url, delivery(), { headers: { "x-misskey-hook-secret": undefined } })).toMatchObject(
    NONE,
  );
  expect(await deliver(url, delivery(), { headers: { authorization: "Bearer right" } })).toMatchObject({
    status: 202,
  });
  expect(await redis.xlen("misskeep:{0}:inbox")).toBe(1);
});

test("answers Misskey's own delivery of a hook without a secret 401", async () => {
  const { url } = await startIngest({ hooks: [captureHook()] });
  expect(await deliver(url, capture("note-ascii-empty-secret"))).toMatchObject(NONE);
});

test("takes a secret with spaces and signs, as Misskey sent it", async () => {
  const { url } = await startIngest({
    hooks: [{ name: "spaced", secrets: ["test secret with spaces ~!@#$%^&*()_+"] }],
  });
  expect((await deliver(url, capture("mention-secret-with-spaces"))).status).toBe(202);
});

test("takes a Latin-1 secret as the bytes that Misskey sends, and not as UTF-8", async () => {
  const { port } = await startIngest({ hooks: [{ name: "accented", secrets: ["clé-ÿ"] }] });
  const send = async (secret: Buffer): Promise<string> => {
    const socket = await openSocket(port);
    socket.send(
      Buffer.concat([
        Buffer.from("POST /misskey HTTP/1.1\r\nHost: a\r\nX-Misskey-Hook-Secret: "),
        secret,
        Buffer.from("\r\nContent-Length: 2\r\n\r\n{}"),
      ]),
    );
    return (await socket.until(/\r\n\r\n/)).slice(9, 12);
  };
  expect(await send(Buffer.from("clé-ÿ", "latin1"))).toBe("202");
  expect(await send(Buffer.from("clé-ÿ", "utf8"))).toBe("401");
});

test.each(["Misskey", "Firefish", "Iceshrimp", "Calckey", "Groundpolis"])(
  "takes the headers of %s",
  async (fork) => {
    const { url, redis } = await startIngest();
    const headers = {
      "x-misskey-hook-secret": undefined,
      [`X-${fork}-Hook-Secret`]: "right",
      [`X-${fork}-Hook-Id`]: "hook1",
      [`X-${fork}-Host`]: "fork.test:3000",
    };
    expect((await deliver(url, delivery(), { headers })).status).toBe(202);
    const [[, fields]] = (await redis.xrange("misskeep:{0}:inbox", "-", "+")) as [[string, string[]]];
    expect(JSON.parse(fields[fields.indexOf("meta") + 1] ?? "")).toEqual({
      secretNumber: 1,
      hookId: "hook1",
      host: "fork.test:3000",
    });
  },
);

test("answers before it has read the body, and goes on with the connection", async () => {
  const { port } = await startIngest();
  const socket = await openSocket(port);
  socket.send(
    "POST /misskey HTTP/1.1\r\nHost: a\r\nX-Misskey-Hook-Secret: wrong\r\nContent-Length: 200000\r\n\r\n",
  );
  expect(await socket.until(/WRONG_SECRET/)).toMatch(/^HTTP\/1.1 401 /);
  socket.send("x".repeat(200_000));
  socket.send(
    "POST /misskey HTTP/1.1\r\nHost: a\r\nX-Misskey-Hook-Secret: right\r\nContent-Length: 2\r\n\r\n{}",
  );
  expect(await socket.until(/accepted/)).toMatch(/HTTP\/1.1 202 /);
});
