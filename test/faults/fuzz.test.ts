/** The short form of fuzzing the HTTP door; `FAULTS_SEED` repeats a seed. */
import { randomInt } from "node:crypto";
import { repositoryRoot } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { fuzzDoor } from "./fuzz/fuzz-door.ts";
import { toFuzzFinding } from "./fuzz/report.ts";
import { parseOptions } from "./options.ts";

test("whatever comes over a socket: no crash, no leak, no answer that makes Misskey give up", async () => {
  const { seed, requests } = parseOptions([], Number(process.env["FAULTS_SEED"] ?? randomInt(2 ** 31)));
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const result = await fuzzDoor({ seed, requests, root: repositoryRoot, say });
  say(toFuzzFinding(seed, result).markdown);
  expect(result.findings).toEqual([]);
  // Most of what is sent has to come through to where events are kept, or the parser alone was tried.
  const kept = [...result.answers].filter(([key]) => /\b20[02]\b/.test(key));
  expect(kept.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(requests / 5);
});
