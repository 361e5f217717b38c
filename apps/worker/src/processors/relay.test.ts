import { randomBytes } from "node:crypto";
import { readConfig } from "@misskeep/processor";
import { captures } from "@misskeep/testkit";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { relay } from "./relay.ts";
import { meetsEveryAnswer } from "./test-support/failures.ts";
import { eventFrom, run } from "./test-support/run.ts";
import { startTarget } from "./test-support/target.ts";

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const settings = (url: string): Record<string, string> => ({ RELAY_URL: url, RELAY_SECRET: secret });

describe("relay", () => {
  meetsEveryAnswer({ processor: relay(), settings, event: () => eventFrom("mention-direct") });

  it.each(captures().map(({ name }) => name))("passes %s on, signed and whole", async (name) => {
    const target = await startTarget();
    const event = eventFrom(name);
    await expect(run(relay(), settings(target.url), event)).resolves.toEqual({ type: "handled" });
    const [request] = target.requests;
    const verified = new Webhook(secret).verify(request!.body, request!.headers as Record<string, string>);
    expect(verified).toEqual(JSON.parse(JSON.stringify(event)));
    expect(request!.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": `${event.id}:relay`,
    });
  });

  it("signs lone surrogates as it sends them", async () => {
    const target = await startTarget();
    const event = eventFrom("note-plain-japanese", (delivery) => (delivery.body.note.text = "\ud83d é"));
    await run(relay(), settings(target.url), event);
    const [request] = target.requests;
    const verified = new Webhook(secret).verify(request!.body, request!.headers as Record<string, string>);
    expect(verified).toMatchObject({ body: { note: { text: "\ud83d é" } } });
  });

  it("keeps the id over attempts", async () => {
    const target = await startTarget((_, index) => ({ status: index === 0 ? 500 : 204 }));
    const event = eventFrom("followed-basic");
    await expect(run(relay(), settings(target.url), event)).rejects.toThrow("answered 500");
    await run(relay(), settings(target.url), event);
    const ids = target.requests.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
  });

  it("can be used several times, each with settings of its own", async () => {
    const target = await startTarget();
    const second = relay({ name: "relay-mods", on: ["abuseReport"], hooks: ["mods"], env: "MODS_RELAY" });
    expect(second.subscription).toEqual({ on: ["abuseReport"], hooks: ["mods"] });
    const own = { MODS_RELAY_URL: target.url, MODS_RELAY_SECRET: secret };
    await run(second, own, eventFrom("abuseReport-local"));
    expect(target.requests).toHaveLength(1);
    expect(relay().subscription).toEqual({ on: ["*"] });
  });

  it("is off without its settings", () => {
    expect(readConfig(relay(), {})).toMatchObject({ status: "off", missing: ["RELAY_URL", "RELAY_SECRET"] });
  });

  it.each([
    ["RELAY_URL", "ftp://planted.example/"],
    ["RELAY_URL", "planted"],
    ["RELAY_URL", "https://planted:pass@target.example/"],
    ["RELAY_SECRET", "planted"],
    ["RELAY_SECRET", `whsec_${randomBytes(23).toString("base64")}`],
    ["RELAY_SECRET", `whsec_${randomBytes(65).toString("base64")}`],
    ["RELAY_SECRET", `${secret}!`],
  ])("refuses a wrong %s without quoting it", (name, value) => {
    const reading = readConfig(relay(), { ...settings("https://target.example/"), [name]: value });
    expect(reading.status).toBe("invalid");
    expect(JSON.stringify(reading)).toContain(name);
    expect(JSON.stringify(reading)).not.toMatch(/planted|whsec_[A-Za-z0-9+/]{5}/);
  });
});
