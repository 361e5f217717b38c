import { listEntries } from "@misskeep/inbox";
import { capture, deliver } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { brokenPin } from "./pins.ts";
import { startIngest } from "./test-support/start-ingest.ts";

const SERVER = "https://a.test";

test.each([
  [{}, { server: undefined, hookId: undefined }, undefined],
  [{ server: SERVER }, { server: SERVER, hookId: "any" }, undefined],
  [{ server: SERVER }, { server: "https://A.test:443/", hookId: undefined }, undefined],
  [{ server: SERVER }, { server: "http://a.test", hookId: undefined }, "it is from another server"],
  [{ server: SERVER }, { server: "nonsense", hookId: undefined }, "it is from another server"],
  [{ server: SERVER }, { server: undefined, hookId: undefined }, "it names no server"],
  [{ hookId: "h" }, { server: undefined, hookId: "h" }, undefined],
  [{ hookId: "h" }, { server: SERVER, hookId: "H" }, "it is from another hook id"],
  [{ hookId: "h" }, { server: SERVER, hookId: undefined }, "it names no hook id"],
])("holds the pins %j against %j", (pins, sender, reason) => {
  expect(brokenPin(pins, sender)).toBe(reason);
});

test.each([
  ["note-plain-japanese", { server: "https://misskey.test" }, undefined],
  ["note-plain-japanese", { server: "https://else.test" }, "it is from another server"],
  ["note-plain-japanese", { hookId: "else" }, "it is from another hook id"],
  ["note-13.10.3-text-plain", { server: "https://old.misskey.test:3177", hookId: "atxmvumskg" }, undefined],
  ["note-13.10.3-text-plain", { server: "https://misskey.test" }, "it is from another server"],
])("keeps %s for a hook pinned to %j, and says how it breaks the pin", async (name, pins, pinBroken) => {
  const sent = capture(name);
  const { url, redis } = await startIngest({ hooks: [{ name: "pinned", secrets: [sent.secret], ...pins }] });
  expect((await deliver(url, sent)).status).toBe(202);
  const [entry] = await listEntries(redis, { limit: 1 });
  expect(entry?.meta.pinBroken).toBe(pinBroken);
  expect(entry?.body.equals(sent.rawBody)).toBe(true);
});

test("goes by the headers where the body cannot be read", async () => {
  const sent = capture("note-plain-japanese");
  const hooks = [{ name: "pinned", secrets: [sent.secret], server: "https://misskey.test" }];
  const { url, redis } = await startIngest({ hooks });
  await deliver(url, sent, { body: "no JSON" });
  await deliver(url, sent, { body: "no JSON either", headers: { "x-misskey-host": "else.test" } });
  const [second, first] = await listEntries(redis, { limit: 2 });
  expect(first?.meta.pinBroken).toBeUndefined();
  expect(second?.meta.pinBroken).toBe("it is from another server");
});
