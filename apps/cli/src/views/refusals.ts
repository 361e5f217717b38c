import type { RefusalGroup, RefusalSummary } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { ago, number, since } from "../text/words.ts";
import { type Look, paragraph } from "./look.ts";

const RECENT_MS = 24 * 3_600_000;
const SHOWN = 5;
const KEPT = 100;

const WHY = {
  "wrong-secret": "for a wrong secret",
  "no-secret": "without a secret",
  "too-large": "for a body over MAX_BODY_BYTES",
} as const;

const REMEDY = {
  "wrong-secret": "Enter the same secret in Misskey's webhook and in MISSKEY_HOOK_SECRETS.",
  "no-secret": "Set a secret in Misskey's webhook; it is one of MISSKEY_HOOK_SECRETS.",
  "too-large": "Raise MAX_BODY_BYTES.",
} as const;

/**
 * What was refused within a day comes first of all, as those events are lost. Who names no host is not Misskey, which
 * always does: a scanner, mostly.
 */
export function refusalsView({ groups, total }: RefusalSummary, look: Look): string {
  const { paint, now } = look;
  if (groups.length === 0) return "";
  const recent = groups.filter(({ last }) => now - last < RECENT_MS);
  const lost = recent.filter(({ host }) => host !== null);
  const out: string[] = [];
  for (const group of lost.slice(0, SHOWN)) {
    out.push(
      paragraph(`${sentence(group, now)}; Misskey will not resend these.`, look, {
        first: "! ",
        paint: paint.red,
      }),
      paragraph(`${REMEDY[group.reason]} The last one came ${ago(group.last, now)}.`, look, { first: "  " }),
    );
  }
  if (lost.length > SHOWN) out.push(paint.red(`! and from ${lost.length - SHOWN} more hosts.`));
  const strangers = recent.filter(({ host }) => host === null).reduce((sum, { count }) => sum + count, 0);
  const quiet: string[] = [];
  if (strangers > 0)
    quiet.push(`${number(strangers)} refused from senders that name no host, so not from Misskey.`);
  const [newest] = groups;
  if (newest && recent.length === 0)
    quiet.push(`${number(total)} refused in all, the last one ${ago(newest.last, now)}.`);
  else if (total > KEPT) quiet.push(`${number(total)} refused in all; only the last ${KEPT} are kept.`);
  return [...out, ...quiet.map((line) => paragraph(line, look, { paint: paint.dim }))].join("\n");
}

function sentence({ count, reason, host, first }: RefusalGroup, now: number): string {
  return `${number(count)} refused ${WHY[reason] ?? oneLine(reason)} from ${oneLine(host ?? "").slice(0, 100)} since ${since(first, now)}`;
}
