import type { SpoolReport } from "@misskeep/inbox";
import { type Finding, ok, toMiB, warn } from "./finding.ts";

/** Once Redis takes events, a spool is drained within seconds. */
const DRAINED_WITHIN_MS = 60_000;

/** Whether events lie on ingest's disk that Redis does not have. @param now ms since 1970, by Redis' clock */
export function checkSpool(spools: readonly SpoolReport[], now: number): readonly Finding[] {
  const findings = spools.flatMap((spool) => [...waiting(spool, now), ...aside(spool), ...refusing(spool)]);
  return findings.length > 0 ? findings : [ok("spool", "No event waits in a spool.")];
}

function waiting({ host, files, oldestReceivedAt, at }: SpoolReport, now: number): readonly Finding[] {
  if (files === 0 || oldestReceivedAt === null || now - oldestReceivedAt < DRAINED_WITHIN_MS) return [];
  const silentS = Math.round((now - at) / 1_000);
  const silent = silentS > 60 ? ` It has said nothing for ${silentS} s.` : "";
  return [
    warn(
      "spool",
      `${files === 1 ? "1 event lies" : `${files} events lie`} in the spool of ingest on ${host}, some for over a minute.${silent}`,
      "See that ingest runs there with that folder, and look at its log for why Redis does not take them.",
    ),
  ];
}

function aside({ host, aside: files }: SpoolReport): readonly Finding[] {
  return files === 0
    ? []
    : [
        warn(
          "spool",
          `${files === 1 ? "1 file" : `${files} files`} of the spool of ingest on ${host} could not become ${files === 1 ? "an event" : "events"}.`,
          "Look into its folder `aside` and ingest's log; a file that is moved back is tried again.",
        ),
      ];
}

function refusing({ host, refusal, bytes, maxBytes }: SpoolReport): readonly Finding[] {
  if (refusal === null) return [];
  return [
    refusal === "SPOOL_FULL"
      ? warn(
          "spool",
          `The spool of ingest on ${host} is full (${toMiB(bytes)} of ${toMiB(maxBytes)}).`,
          "Raise SPOOL_MAX_BYTES, or empty its folder `aside`.",
        )
      : warn(
          "spool",
          `Ingest on ${host} cannot use its spool: while Redis is away, events are answered 503.`,
          "Make room on its disk, or the folder of MISSKEEP_DATA_DIR writable; its log says more.",
        ),
  ];
}
