import { handled } from "@misskeep/processor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openWorld, untilState } from "../test-support/world.ts";
import { loadEvent } from "./event-job.ts";
import {
  type JobFacts,
  readJobData,
  withoutBody,
  writeJob,
  writeJsonJob,
  writeUnparsedJob,
} from "./job-data.ts";

/** JSON that another JSON.stringify would write in another way, and text that looks like the end of a job's facts. */
const awkward = [
  '{"a":1,"a":2}',
  '{"b":1,"2":1,"1":1}',
  '{"n":[-0,0.10,1e21,1E5,123456789012345678901]}',
  String.raw`{"s":"\ud800\u0041\/\u2028"}`,
  '{"__proto__":{"x":1},"constructor":1}',
  ' \n{"type" : "note"}\r\n',
  '\uFEFF{"type":"note"}',
  '{"json":1,"body":"x","base64":"eA==","hook":"other"}',
  '{"a":",\\"json\\":"}',
  '{"x":1,"json":{"x":1,"json":2}}',
  '","json":1}',
  "null",
  "{",
  "",
];
const bodies = fc.oneof(
  fc.constantFrom(...awkward).map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .tuple(fc.json(), fc.constantFrom(" ", "\n", "\t\r"))
    .map(([json, space]) => Buffer.from(space + json + space)),
  fc.json({ stringUnit: "binary" }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
);
const strings = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(',"json":', '","json":', '{"json":'));
const facts: fc.Arbitrary<JobFacts> = fc.record(
  { hook: strings, receivedAt: fc.nat(), hookId: strings, host: strings, reason: strings, editedBy: strings },
  { requiredKeys: ["hook", "receivedAt"] },
);

test("any bytes come out of a job as they went into it, and all that is known beside them", () => {
  fc.assert(
    fc.property(bodies, facts, fc.constantFrom(writeJob, writeUnparsedJob), (body, known, write) => {
      const data = readJobData(write(known, body));
      const event = loadEvent({ id: "0-5-1", data });
      expect(event.raw.equals(body)).toBe(true);
      expect(withoutBody(data)).toEqual(JSON.parse(JSON.stringify(known)));
      expect(JSON.stringify(event.json)).toBe(JSON.stringify(parsed(body)));
    }),
    { numRuns: 500 },
  );
});

test("every awkward body of JSON lies in the job as it came", () => {
  for (const text of awkward) {
    const stored = writeJob({ hook: "h", receivedAt: 1 }, Buffer.from(text));
    expect(stored.endsWith(`,"json":${text}}`)).toBe(parsed(Buffer.from(text)) !== undefined);
  }
});

test("whatever is done to the parsed body, the bytes are those that came", () => {
  const text = '{"body":{"user":{"name":"ai"}}}';
  const event = loadEvent({
    id: "0-5-1",
    data: readJobData(writeJsonJob({ hook: "h", receivedAt: 1 }, text)),
  });
  (event.json as { body: { user: { name: string } } }).body.user.name = "changed";
  expect(String(event.raw)).toBe(text);
});

test("no part of a body of any form is left beside what is known", () => {
  fc.assert(
    fc.property(bodies, fc.constantFrom(writeJob, writeUnparsedJob), (body, write) => {
      const data = readJobData(write({ hook: "h", receivedAt: 1 }, body));
      expect(withoutBody(data)).toEqual({ hook: "h", receivedAt: 1 });
    }),
  );
});

test("a job that an earlier version added is read", () => {
  const stored = JSON.stringify({ hook: "h", receivedAt: 1, body: '{ "type":"note"}' });
  const event = loadEvent({ id: "0-5-1", data: readJobData(stored) });
  expect(String(event.raw)).toBe('{ "type":"note"}');
  expect(event.json).toEqual({ type: "note" });
});

test.each(["a worker", "somebody who looks at it"])(
  "%s gets a dispatched job's bytes as they came",
  async (who) => {
    const text = ' {"type":"followed","type":"mention","n":1.0,"1":{},"0":"\u00e9"}\n';
    const world = await openWorld();
    const raw: string[] = [];
    await world.queues
      .get("p")
      .addEvents([{ id: "0-5-1", data: writeJsonJob({ hook: "h", receivedAt: 1 }, text) }]);
    if (who === "a worker") {
      const run = (event: { readonly raw: Buffer }) => (raw.push(String(event.raw)), handled());
      const retry = { attempts: 1, backoff: () => 1, maxAgeMs: 1 };
      world.start({ name: "p", retry, timeoutMs: 10_000, concurrency: 1, run });
      await untilState(world, "0-5-1", "completed");
    } else {
      const job = await world.queues.get("p").getJob("0-5-1");
      raw.push(String(job && loadEvent({ id: "0-5-1", data: job.data }).raw));
    }
    expect(raw).toEqual([text]);
  },
);

function parsed(body: Buffer): unknown {
  const text = body.toString("utf8");
  if (!Buffer.from(text).equals(body)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
