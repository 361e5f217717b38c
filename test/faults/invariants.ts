/**
 * What must hold when the faults are over and everything is drained. A pure judgement of what the ledger recorded
 * from outside and what the system says of itself.
 *
 * | invariant | says |
 * |---|---|
 * | `kept` | an acknowledged event has a job that ended in every subscribed processor (in quarantine, if it is no JSON), unless a failover may have lost it: see lost.ts |
 * | `never-sent` | every job carries the bytes of an event that was sent with the right secret; every effect has a job |
 * | `once` | an event has one id: its effects have one idempotency key in each processor and step |
 * | `took-effect` | what is recorded as handled took effect |
 * | `repeats-explained` | a second request with the same key has a cause in that very run: see explain.ts |
 * | `dead-explained` | only what was ordered to die, or could not be dispatched, is dead |
 * | `never-final` | no authentic delivery is answered so that Misskey gives up; no other is kept |
 * | `nothing-stuck` | no entry, job or lock is left over |
 * | `nobody-died` | every end of a process has its cause |
 */
import { explainExit, explainRepeat } from "./explain.ts";
import type { FinalJob, FinalState } from "./final-state.ts";
import { groupBy } from "./group-by.ts";
import { mayBeForgotten, mayBeLost } from "./lost.ts";
import type { Effect, LedgerData, Send } from "./ledger.ts";
import { judgeAnswer } from "./misskey-backoff.ts";

export interface Judged {
  readonly ledger: LedgerData;
  readonly final: FinalState;
  /** Processors that every worker ran from the beginning. */
  readonly processors: readonly string[];
  /** One that was registered at this moment for the first time, ms since the run began; undefined: never. */
  readonly late: { readonly name: string; readonly since: number | undefined };
}

export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

const QUARANTINE = "quarantine";
/** Steps of the processor `steps`, and of no other. */
const STEPS: Readonly<Record<string, readonly string[]>> = { steps: ["first", "second"] };

export function findViolations(judged: Judged): readonly Violation[] {
  const { ledger, final } = judged;
  const violations: Violation[] = [];
  const found = (invariant: string, detail: string): void => void violations.push({ invariant, detail });

  const byDigest = new Map(ledger.sent.map((event) => [event.digest, event]));
  const sends = groupBy(ledger.sends, (send) => send.index);
  const jobs = groupBy(final.jobs, (job) => job.digest);
  const jobIds = new Set(final.jobs.map((job) => `${job.processor} ${job.id}`));
  const effects = groupBy(ledger.effects, (effect) => effect.key);

  for (const event of ledger.sent) {
    const own = sends.get(event.index) ?? [];
    const ended = jobs.get(event.digest) ?? [];
    const name = `event ${event.index} (${event.kind})`;
    if (event.kind === "wrong-secret") {
      for (const { status } of own)
        if (status !== undefined && status !== 401 && status !== 503)
          found("never-final", `${name}: answered ${status}`);
      continue;
    }
    for (const { status } of own)
      if (judgeAnswer(status) === "gives-up") found("never-final", `${name}: answered ${status}`);
    if (isAcknowledged(own) && !(ended.length === 0 && mayBeLost(own, ledger)))
      for (const processor of wanted(judged, event.kind, own)) {
        const job = ended.find((each) => each.processor === processor && each.end !== "unfinished");
        if (!job) found("kept", `${name}: acknowledged, and no job of ${processor} ended`);
      }
    const ids = new Set(ended.map((job) => job.id));
    if (ids.size > 1) found("once", `${name}: it became ${ids.size} events: ${[...ids].join(", ")}`);
  }

  for (const job of final.jobs) {
    const event = byDigest.get(job.digest);
    if (event === undefined || event.kind === "wrong-secret")
      found("never-sent", `${job.processor} has a job ${job.id} of no event that was sent`);
    for (const key of keysOf(job))
      if (!effects.get(key)?.some(({ order }) => order !== "throw"))
        found("took-effect", `${key}: recorded as handled, and the receiver never heard of it`);
    if (job.end === "failed" && !mayBeDead(job, effects))
      found("dead-explained", `${job.processor} ${job.id}: ${JSON.stringify(job.outcome)}`);
  }

  for (const [key, own] of effects) {
    const [first] = own;
    if (first && !jobIds.has(`${first.processor} ${first.eventId}`) && !mayBeForgotten(first.eventId, ledger))
      found("never-sent", `${key}: took effect, and there is no such job`);
    for (let at = 1; at < own.length; at += 1) {
      const [before, after] = [own[at - 1] as Effect, own[at] as Effect];
      if (explainRepeat(before, after, ledger) === undefined)
        found(
          "repeats-explained",
          `${key}: at ${before.at} by ${before.pid} and at ${after.at} by ${after.pid}, attempts ${before.attempt} and ${after.attempt}`,
        );
    }
  }

  for (const exit of ledger.exits)
    if (explainExit(exit, ledger) === undefined)
      found(
        "nobody-died",
        `${exit.app} ${exit.pid} ended at ${exit.at} with ${exit.signal ?? exit.code}\n${exit.output ?? ""}`,
      );
  for (const what of final.stuck) found("nothing-stuck", what);
  return violations;
}

/** The events that were acknowledged and of which a failover left nothing, by their index. */
export function findLost({ ledger, final }: Pick<Judged, "ledger" | "final">): readonly number[] {
  const sends = groupBy(ledger.sends, (send) => send.index);
  const known = new Set(final.jobs.map(({ digest }) => digest));
  return ledger.sent
    .filter(({ digest, kind }) => kind !== "wrong-secret" && !known.has(digest))
    .filter(({ index }) => {
      const own = sends.get(index) ?? [];
      return isAcknowledged(own) && mayBeLost(own, ledger);
    })
    .map(({ index }) => index);
}

export function isAcknowledged(sends: readonly Send[]): boolean {
  return sends.some(({ status }) => judgeAnswer(status) === "done");
}

function wanted({ processors, late }: Judged, kind: string, sends: readonly Send[]): readonly string[] {
  if (kind === "no-json") return [QUARANTINE];
  const first = Math.min(...sends.map(({ from }) => from));
  // What was sent before may or may not have been dispatched before.
  return late.since !== undefined && first > late.since ? [...processors, late.name] : processors;
}

/** The idempotency keys under which a job that was handled took effect. */
function keysOf(job: FinalJob): readonly string[] {
  if (job.processor === QUARANTINE || job.outcome?.type !== "handled") return [];
  const key = `${job.id}:${job.processor}`;
  return STEPS[job.processor]?.map((step) => `${key}:${step}`) ?? [key];
}

function mayBeDead(job: FinalJob, effects: ReadonlyMap<string, readonly Effect[]>): boolean {
  if (job.processor === QUARANTINE) return true;
  return effects.get(`${job.id}:${job.processor}`)?.some(({ order }) => order === "permanent") ?? false;
}
