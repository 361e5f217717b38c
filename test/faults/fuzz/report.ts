import type { Finding } from "../record.ts";
import { toTable } from "../table.ts";
import type { FuzzResult } from "./fuzz-door.ts";

/** What was sent, in words; by the names of the cases. */
const SENT: Readonly<Record<string, string>> = {
  authentic: "well-formed, with a right secret and any body and headers",
  chunked: "the same in chunks",
  misfit: "a right secret; lengths, codings or headers that do not fit",
  unauthentic: "well-formed, with a wrong secret or none",
  elsewhere: "another path or method",
  damaged: "the bytes of a real delivery, damaged anywhere",
  garbage: "noise, TLS, HTTP/2, half a word",
  pipelined: "several on one connection, the last one cut off",
};

/** Why each answer is as it should be. */
const MEANS: Readonly<Record<string, string>> = {
  "200":
    "known already: the same delivery, or the same bytes within its span; elsewhere `/health` and `/ready`",
  "202": "kept",
  "401": "no right secret",
  "404": "no such path",
  "405": "no such method",
  "413": "longer than `MAX_BODY_BYTES`, here 20,000",
  "503": "`/ready` or a full house",
  none: "no request that can be understood, one that never ended, or headers of over 16 KiB: closed without a word, since a 400 would make Misskey drop the event",
};

export function toFuzzFinding(seed: number, result: FuzzResult): Finding {
  const { requests, findings, answers, memoryMb, heapMb, files, accepted, seconds } = result;
  const rows = [...answers]
    .map(([key, count]) => {
      const [name = "", statuses = ""] = key.split(": ");
      return { name, statuses, count };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name) || b.count - a.count);
  const seen = Object.entries(MEANS).filter(([status]) =>
    rows.some(({ statuses }) => statuses.split(" ").includes(status)),
  );
  const isFine = findings.length === 0;
  const markdown = [
    `Seed ${seed}: ${inWords(requests)} connections in ${seconds} s, 48 at a time, to one ingest process.`,
    "",
    isFine
      ? "**No crash, no leak, no answer without an explanation.**"
      : findings.map((each) => `- ${each}`).join("\n"),
    "",
    toTable(
      ["ingest after each tenth", "MB"],
      [
        ["resident", memoryMb.join(", ")],
        ["heap, the least in that tenth", heapMb.map((mb) => mb ?? "–").join(", ")],
      ],
    ),
    "",
    `Open files before and after: ${files.before}, ${files.after}. Answered 202: ${inWords(accepted.answered)}; the inbox took`,
    `${inWords(accepted.counted)}. More than were answered is fine: the other side had gone by then.`,
    "",
    toTable(
      ["sent", "answered", "connections"],
      rows.map(({ name, statuses, count }) => [
        SENT[name] ?? name,
        statuses.replaceAll(" ", ", "),
        inWords(count),
      ]),
    ),
    "",
    "What the answers say:",
    "",
    toTable(["answer", "says"], seen),
    "",
  ].join("\n");
  const verdict = isFine
    ? "no crash, no leak, no unexplained answer"
    : `${findings.length} findings, such as: ${findings[0]}`;
  return { isFine, markdown, summary: `${inWords(requests)} connections: ${verdict}` };
}

const inWords = (count: number): string => count.toLocaleString("en");
