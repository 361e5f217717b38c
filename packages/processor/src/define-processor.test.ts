import { exampleBody, type MisskeyEvent, type Note, parseEvent, type UserLite } from "@misskeep/schema";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import type { HandlerContext } from "./context.ts";
import { defineProcessor, InvalidProcessorError } from "./define-processor.ts";
import { handled, type Outcome } from "./outcome.ts";

const done = (): Outcome => handled();

/** As a JavaScript file would call it. */
const defineAnything = defineProcessor as (definition: unknown) => ReturnType<typeof defineProcessor>;

describe("defineProcessor", () => {
  it("fills in the defaults", () => {
    const processor = defineProcessor({ name: "plain", on: "*", handle: done });
    expect(processor).toMatchObject({
      name: "plain",
      subscription: { on: ["*"] },
      retry: { attempts: 20, maxAgeMs: 24 * 3_600_000 },
      timeoutMs: 30_000,
      concurrency: 4,
      rateLimit: undefined,
    });
    expect(processor.config.shape).toEqual({});
    expect(Object.isFrozen(processor)).toBe(true);
  });

  it("takes everything that can be set", () => {
    const backoff = (): number => 5;
    const processor = defineProcessor({
      name: "all-of-it",
      on: ["note", "note@someone"],
      hooks: ["mods"],
      config: z.object({ KEY: z.string() }),
      retry: { attempts: 3, backoff, maxAge: "1h" },
      timeout: "5m",
      concurrency: 1,
      rateLimit: { max: 30, per: "1m" },
      handle: done,
    });
    expect(processor).toMatchObject({
      subscription: { on: ["note", "note@someone"], hooks: ["mods"] },
      retry: { attempts: 3, backoff, maxAgeMs: 3_600_000 },
      timeoutMs: 300_000,
      concurrency: 1,
      rateLimit: { max: 30, perMs: 60_000 },
    });
    expect(Object.keys(processor.config.shape)).toEqual(["KEY"]);
  });

  it("calls handle as the definition's own method", async () => {
    const processor = defineProcessor({
      name: "own",
      on: "*",
      handle() {
        return handled(this.name);
      },
    });
    expect(await processor.handle(noteEvent(), {} as HandlerContext<unknown>)).toEqual(handled("own"));
  });

  it("means nothing twice without once, and what once says with it", () => {
    const event = noteEvent();
    expect(defineProcessor({ name: "a", on: "*", handle: done }).once(event)).toBeUndefined();
    const processor = defineProcessor({
      name: "a",
      on: ["note"],
      once: ({ body }) => body.note.id,
      handle: done,
    });
    expect(processor.once(event)).toBe((event.body as { note: Note }).note.id);
  });

  const valid = { name: "ok", on: ["note"], handle: done };
  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /without a name/],
    ["a name with capitals", { ...valid, name: "Discord" }, /"Discord".*name: is not of the form/],
    ["a name too long", { ...valid, name: "a".repeat(33) }, /name: is not of the form/],
    ["no name", { on: "*", handle: done }, /without a name.*name: /],
    ["the quarantine's name", { ...valid, name: "quarantine" }, /name: is taken/],
    ["no types", { ...valid, on: [] }, /on: /],
    ["a single type that is no list", { ...valid, on: "note" }, /on: /],
    ["no handler", { name: "ok", on: "*" }, /handle: is no function/],
    ["a handler that is a text", { ...valid, handle: "x" }, /handle: is no function/],
    ["a config that is no schema", { ...valid, config: { URL: "x" } }, /config: is no z\.object/],
    ["no hooks", { ...valid, hooks: [] }, /hooks: /],
    ["no attempts", { ...valid, retry: { attempts: 0 } }, /retry\.attempts: /],
    [
      "a backoff that is a duration",
      { ...valid, retry: { backoff: "5s" } },
      /retry\.backoff: is no function/,
    ],
    ["a wrong duration", { ...valid, timeout: "soon" }, /timeout: "soon" is no duration/],
    ["a negative duration", { ...valid, timeout: -1 }, /timeout: "-1" is no duration/],
    ["half a concurrency", { ...valid, concurrency: 0.5 }, /concurrency: /],
    ["a rate limit without a time", { ...valid, rateLimit: { max: 3 } }, /rateLimit\.per: /],
    ["a misspelt field", { ...valid, timeOut: "5s" }, /timeOut/],
    ["a misspelt rule", { ...valid, retry: { attemps: 5 } }, /attemps/],
  ])("refuses %s, and says what is wrong", (_, definition, message) => {
    expect(() => defineAnything(definition)).toThrow(InvalidProcessorError);
    expect(() => defineAnything(definition)).toThrow(message);
  });

  it("tells every mistake at once", () => {
    const wrong = { name: "Wrong", on: [], concurrency: 0, handle: 5 };
    expect(() => defineAnything(wrong)).toThrow(/name: .*on: .*concurrency: .*handle: /);
  });
});

describe("the types of a definition", () => {
  it("narrow the event by `on`, and the settings by `config`", () => {
    defineProcessor({
      name: "mentions",
      on: ["mention"],
      config: z.object({ TOKEN: z.string(), LIMIT: z.coerce.number().optional() }),
      once: (event) => event.body.note.id,
      handle(event, { config, step }) {
        expectTypeOf(event.type).toEqualTypeOf<"mention">();
        expectTypeOf(event.body.note).toEqualTypeOf<Note>();
        expectTypeOf(config.TOKEN).toEqualTypeOf<string>();
        expectTypeOf(config.LIMIT).toEqualTypeOf<number | undefined>();
        expectTypeOf(step("one", () => 5)).toEqualTypeOf<Promise<number>>();
        // @ts-expect-error a setting that is not in `config`
        void config.OTHER;
        return handled();
      },
    });
    defineProcessor({
      name: "several",
      on: ["reply", "followed"],
      handle(event) {
        expectTypeOf(event.type).toEqualTypeOf<"reply" | "followed">();
        if (event.type === "followed") expectTypeOf(event.body.user).toEqualTypeOf<UserLite>();
        else expectTypeOf(event.body.note).toEqualTypeOf<Note>();
        return handled();
      },
    });
    defineProcessor({
      name: "a-forks-type",
      on: ["note@someone"],
      handle(event) {
        expectTypeOf(event.body).toEqualTypeOf<Record<string, unknown>>();
        return handled();
      },
    });
    defineProcessor({
      name: "all",
      on: "*",
      handle(event) {
        expectTypeOf(event).toEqualTypeOf<MisskeyEvent>();
        return handled();
      },
    });
    // @ts-expect-error a handler that returns no outcome; only the compiler can tell
    expect(defineProcessor({ name: "silent", on: "*", handle: () => undefined }).name).toBe("silent");
  });
});

function noteEvent(): MisskeyEvent {
  const parsed = parseEvent(exampleBody("note"), { id: "0-1-0", hook: "default", receivedAt: Date.now() });
  if (!parsed.ok) throw new Error("the example does not parse");
  return parsed.event;
}
