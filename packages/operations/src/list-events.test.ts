import { exampleBody } from "@misskeep/schema";
import { describe, expect, test } from "vitest";
import { deploy } from "../test-support/deployment.ts";
import { listEvents } from "./list-events.ts";

describe("listEvents", () => {
  test("pages through the inbox, newest first, without an event twice or left out", async () => {
    const { context, receive } = await deploy();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift(await receive(exampleBody("note")));
    const first = await listEvents(context, { limit: 3 });
    const second = await listEvents(context, { limit: 3, before: first.next ?? undefined });
    expect([...first.events, ...second.events].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
  });

  test("finds events of one type among others, and says where to go on", async () => {
    const { context, receive } = await deploy();
    const followed = await receive(exampleBody("followed"));
    for (let i = 0; i < 4; i += 1) await receive(exampleBody("note"));
    const stopped = await listEvents(context, { limit: 1, type: "followed", scan: 3 });
    expect(stopped).toMatchObject({ events: [], scanned: 3 });
    const found = await listEvents(context, {
      limit: 1,
      type: "followed",
      before: stopped.next ?? undefined,
    });
    expect(found.events).toMatchObject([{ id: followed, type: "followed" }]);
  });

  test("never gives the text of a note", async () => {
    const { context, receive } = await deploy();
    await receive({ ...(exampleBody("note") as object), body: { note: note("my secret thought") } });
    const page = await listEvents(context, { limit: 10 });
    expect(page.events).toHaveLength(1);
    expect(JSON.stringify(page)).not.toContain("secret thought");
  });

  test("gives nothing of an empty inbox, and refuses a broken id", async () => {
    const { context } = await deploy();
    expect(await listEvents(context, { limit: 10 })).toEqual({ events: [], scanned: 0, next: null });
    await expect(listEvents(context, { limit: 1, before: "x" })).rejects.toMatchObject({
      code: "INVALID_EVENT_ID",
    });
  });
});

function note(text: string): object {
  return { id: "n1", text, cw: text, visibility: "public", user: { id: "u1", username: "alice" } };
}
