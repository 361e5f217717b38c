import { expect, test } from "vitest";
import { startConsole, tokenOf } from "../test-support/console.ts";
import { countAttempts, MAX_FAILED, PERIOD_MS } from "./attempts.ts";

test("an address is let in again when its minute is over, and others all the time", () => {
  let now = 0;
  const attempts = countAttempts(() => now);
  for (let i = 0; i < MAX_FAILED; i += 1) {
    expect(attempts.wait("192.0.2.1")).toBe(0);
    attempts.failed("192.0.2.1");
    now += 1_000;
  }
  expect(attempts.wait("192.0.2.1")).toBe(50);
  expect(attempts.wait("192.0.2.2")).toBe(0);
  now = PERIOD_MS;
  expect(attempts.wait("192.0.2.1")).toBe(0);
});

test.each([
  ["2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", true],
  ["2001:db8::1", "2001:db8:0:0:1::1", true],
  ["2001:db8:1:2::", "2001:db8:1:3::", false],
  ["::ffff:192.0.2.1", "::ffff:192.0.2.2", false],
])("%s and %s are of one customer: %s", (one, other, isOne) => {
  const attempts = countAttempts(() => 0);
  for (let i = 0; i < MAX_FAILED; i += 1) attempts.failed(one);
  expect(attempts.wait(other) > 0).toBe(isOne);
});

test("addresses do not pile up", () => {
  const attempts = countAttempts(() => 0);
  for (let i = 0; i < MAX_FAILED; i += 1) attempts.failed("192.0.2.1");
  for (let i = 0; i < 10_000; i += 1) attempts.failed(`10.0.${i >> 8}.${i & 255}`);
  expect(attempts.wait("192.0.2.1")).toBe(0);
});

test.each(["POST /api/session", "bearer"] as const)(
  "by %s, wrong tokens are soon not looked at any more, nor is a right one",
  async (how) => {
    const { app } = await startConsole();
    const guess = (token: string, remoteAddress = "192.0.2.1") =>
      how === "bearer"
        ? app.inject({ url: "/api/overview", remoteAddress, headers: { authorization: `Bearer ${token}` } })
        : app.inject({ method: "POST", url: "/api/session", remoteAddress, payload: { token } });
    // All at once: each counts before it waits.
    const wrong = await Promise.all(Array.from({ length: 15 }, (_, i) => guess(`wrong-token-number-${i}`)));
    const codes = wrong.map((answer) => answer.json<{ code: string }>().code);
    expect(codes.filter((code) => code === "WRONG_TOKEN")).toHaveLength(MAX_FAILED);
    expect(codes.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(15 - MAX_FAILED);
    const right = await guess(tokenOf("mio"));
    expect([right.statusCode, right.json<{ code: string }>().code]).toEqual([429, "TOO_MANY_ATTEMPTS"]);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
    expect((await guess(tokenOf("mio"), "192.0.2.9")).statusCode).toBe(200);
  },
);
