import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Capture, captures, deliver, httpReceiver, readCapture } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { deploy } from "../test-support/deployment.ts";
import { type KnownDelivery, toCurl, toFixture } from "./fixture.ts";
import { showEvent } from "./show-event.ts";

const run = promisify(execFile);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

const hostile = [
  '{"type":"x","a":"it\'s $(touch /tmp/x) `id` \\"quoted\\" \\\\ !! $HOME"}',
  '{"type":"x","a":"\u202E reversed \u001B[201~ pasted\u0085"}',
  "line\nand\r\nline\u0000",
  "'; exit 1; '",
  "%s %n \\0 -n",
  "-n",
  "@/etc/passwd",
  "two lines\n\n",
  "\uFEFF",
  "\u{E0041}\u007F\u2028",
  "🌸𝓒𝓪𝓻𝓸𝓵 👩‍👩‍👧‍👦",
  "",
  // No argument that the kernel takes.
  `{"type":"x","a":"${"long ".repeat(600_000)}"}`,
].map((body) => Buffer.from(body, "utf8"));

function known(raw: Buffer, parts: Partial<KnownDelivery> = {}): KnownDelivery {
  return {
    host: "misskey.test",
    misskey: {
      eventId: null,
      server: "https://misskey.test",
      hookId: "hook1",
      ownerId: null,
      createdAt: null,
    },
    inbox: null,
    raw: Buffer.from(raw.toString("utf8"), "utf8").equals(raw)
      ? { utf8: raw.toString("utf8") }
      : { base64: raw.toString("base64") },
    ...parts,
  };
}

/** Writes a fixture into a file and reads it as the tests read captures. */
async function reread(delivery: KnownDelivery): Promise<Capture> {
  const file = join(await folder(), "mine.json");
  await writeFile(file, JSON.stringify(toFixture(delivery)));
  return readCapture(file);
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "misskeep-fixture-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

describe("a fixture", () => {
  test("of every real delivery is a capture with the same bytes and no secret", async () => {
    const { context, receive } = await deploy();
    for (const capture of captures()) {
      const id = await receive(capture.rawBody, { host: "misskey.test" });
      const event = await showEvent(context, id, { raw: true });
      const { raw } = event;
      if (!raw) throw new Error("no body");
      const fixture = await reread({ ...event, raw });
      expect(fixture.rawBody.equals(capture.rawBody), capture.name).toBe(true);
      expect(fixture).toMatchObject({ secret: "", type: capture.type });
      expect(fixture.headers).toEqual(
        expect.arrayContaining([
          ["user-agent", "Misskey-Hooks"],
          ["x-misskey-host", "misskey.test"],
        ]),
      );
    }
  });

  test("keeps bytes that are no UTF-8, and can be delivered with a secret", async () => {
    const raw = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    const fixture = await reread(known(raw));
    const receiver = await httpReceiver();
    onTestFinished(() => receiver.close());
    await deliver(receiver.url, fixture, { secret: "mine" });
    const [request] = receiver.requests;
    expect(request?.bytes.equals(raw)).toBe(true);
    expect(request?.headers["x-misskey-hook-secret"]).toBe("mine");
  });

  test("leaves out what a header cannot hold", () => {
    const { headers } = toFixture(known(Buffer.of(), { host: "a\r\nx-evil: 1" }));
    expect(headers.map(([name]) => name)).not.toContain("x-misskey-host");
  });
});

describe.skipIf(!hasCurl)("a command for curl", () => {
  test.each([...hostile, Buffer.from([0xff, 0x00, 0xfe])].map((body, i) => [i, body] as const))(
    "delivers the same bytes through a shell, whatever they are (%i)",
    async (_, body) => {
      const receiver = await httpReceiver();
      onTestFinished(() => receiver.close());
      const host = "h'; echo $(id) #";
      const command = toCurl(known(body, { host }), receiver.url);
      expect(command.replaceAll("\\\n", "")).not.toMatch(/[\p{Cc}\u202E\u2028\uFEFF\u{E0041}]/u);
      const script = join(await folder(), "deliver.sh");
      await writeFile(script, `MISSKEY_HOOK_SECRET='s "ecret $x'\n${command}\n`);
      await run("sh", [script]);
      expect(receiver.requests[0]?.bytes.equals(body)).toBe(true);
      expect(receiver.requests[0]?.headers).toMatchObject({
        "content-type": "application/json",
        "x-misskey-hook-secret": 's "ecret $x',
        "x-misskey-host": host,
      });
    },
  );
});
