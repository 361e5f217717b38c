import { handled, type Outcome, PermanentError, QUARANTINE } from "@misskeep/processor";
import { editDeadLetter, loadEvent } from "@misskeep/queue";
import { exampleBody } from "@misskeep/schema";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { deploy, type Deployment, processor } from "../test-support/deployment.ts";
import { listAudit } from "./audit.ts";
import { checkEdit } from "./check-edit.ts";
import { discardDead } from "./discard-dead.ts";
import { editDead } from "./edit-dead.ts";
import { replayDead } from "./replay-dead.ts";
import { showDead } from "./show-dead.ts";
import { showEvent } from "./show-event.ts";

const ACTOR = { by: "mio", why: "the name was too long" };

/** A deployment whose `mail` takes only what says it is fine, and one dead letter. */
async function aDeadLetter(): Promise<{ deployment: Deployment; id: string; keys: string[] }> {
  const deployment = await deploy();
  const keys: string[] = [];
  const runnable = processor("mail", (event, { idempotencyKey }): Outcome => {
    keys.push(idempotencyKey);
    if ((event.json as { fine?: boolean }).fine !== true) throw new PermanentError("not fine");
    return handled("fine now");
  });
  await deployment.start([runnable]);
  const id = await deployment.receive(exampleBody("note"));
  await untilDead(deployment, "mail", id);
  return { deployment, id, keys };
}

async function untilDead({ context }: Deployment, name: string, id: string): Promise<void> {
  await until(() => showDead(context, name, id));
}

const edited = (): string => JSON.stringify({ ...(exampleBody("note") as object), fine: true });

test("runs the changed body as a job of its own; the letter stays dead and as it was, and each knows the other", async () => {
  const { deployment, id, keys } = await aDeadLetter();
  const { context } = deployment;
  const before = await showDead(context, "mail", id, { raw: true });
  const { child } = await editDead(context, "mail", id, edited(), ACTOR);
  expect(child).toMatch(new RegExp(`^${id}~[0-9a-z]{12}$`));
  const queue = context.queues.get("mail");
  await until(async () => (await queue.getJobState(child)) === "completed");
  expect(keys).toEqual([`${id}:mail`, `${id}:mail~${child.split("~")[1]}`]);

  const after = await showDead(context, "mail", id, { raw: true });
  expect(after).toEqual({ ...before, edits: [{ id: child, by: "mio", at: expect.any(Number) }] });
  const job = await queue.getJob(child);
  expect(job?.data).toMatchObject({
    editOf: id,
    editedBy: "mio",
    editedAt: expect.any(Number),
    hook: "default",
  });
  expect(loadEvent({ id: child, data: job!.data })).toMatchObject({ editOf: id, facts: { id } });
  const { entries } = await listAudit(context, { limit: 1 });
  expect(entries).toMatchObject([{ what: "edit", target: `mail/${id}`, by: "mio", why: ACTOR.why }]);
  // The body is private.
  expect(JSON.stringify(entries)).not.toContain("fine");
});

test("an edited one that dies is a dead letter of its own and can be edited again", async () => {
  const { deployment, id } = await aDeadLetter();
  const { context } = deployment;
  const { child } = await editDead(context, "mail", id, JSON.stringify(exampleBody("note")), ACTOR);
  await untilDead(deployment, "mail", child);
  const second = await editDead(context, "mail", child, edited(), ACTOR);
  expect(second.child.split("~")[0]).toBe(id);
  await until(async () => (await context.queues.get("mail").getJobState(second.child)) === "completed");
  const { edits } = await showDead(context, "mail", child);
  expect(edits.map((edit) => edit.id)).toEqual([second.child]);
});

test("refuses what does not fit the event's schema, with the path and nothing of the content", async () => {
  const { deployment, id } = await aDeadLetter();
  const { context } = deployment;
  const wrong = JSON.stringify({ type: "note", body: { note: { id: 5, text: "secret" } } });
  const check = await checkEdit(context, "mail", id, wrong);
  expect(check.ok).toBe(false);
  expect(check.mismatches.map(({ path }) => path)).toContain("body.note.id");
  await expect(editDead(context, "mail", id, wrong, ACTOR)).rejects.toMatchObject({
    code: "EDIT_INVALID",
    message: expect.stringMatching(/^(?!.*secret).*body\.note\.id/),
  });
  for (const [body, message] of [
    ["{ no JSON", "expected JSON"],
    ["", "expected JSON"],
    ["null", "expected object"],
    [JSON.stringify("x".repeat(9 * 1024 * 1024)), "expected at most 8 MiB"],
  ] as const)
    expect(await checkEdit(context, "mail", id, body)).toEqual({
      ok: false,
      mismatches: [{ path: "", message }],
    });
  expect(await context.queues.get("mail").getJobCounts("completed", "failed", "wait")).toMatchObject({
    failed: 1,
    completed: 0,
    wait: 0,
  });
});

test("what is no dead letter (any more) cannot be edited", async () => {
  const { deployment, id } = await aDeadLetter();
  const { context } = deployment;
  await discardDead(context, "mail", [id], ACTOR);
  for (const each of [id, "0-1-1", "nonsense"])
    await expect(editDead(context, "mail", each, edited(), ACTOR)).rejects.toMatchObject({
      code: "DEAD_LETTER_NOT_FOUND",
    });
  // Somebody discards it between the check and the edit.
  const edit = { body: edited(), by: "mio", at: 1 };
  expect(await editDeadLetter(context.redis, context.queues, "mail", id, edit)).toBeUndefined();
  expect(await context.queues.get("mail").getJobCountByTypes("wait", "active", "completed")).toBe(0);
});

test("an event of quarantine is dispatched with each changed body, and with its own when it is replayed", async () => {
  const { deployment, keys } = await aDeadLetter();
  const { context } = deployment;
  const { queues } = context;
  const body = JSON.stringify(exampleBody("note"));
  const id = await deployment.receive(Buffer.from(body), { pinBroken: "It is not from there." });
  await untilDead(deployment, QUARANTINE, id);
  const first = await editDead(context, QUARANTINE, id, body, ACTOR);
  await untilDead(deployment, "mail", first.child);
  const second = await editDead(context, QUARANTINE, id, edited(), ACTOR);
  await until(async () => (await queues.get("mail").getJobState(second.child)) === "completed");
  await replayDead(context, QUARANTINE, [id], ACTOR);
  await untilDead(deployment, "mail", id);
  const run = (child: string): string => `${id}:mail~${child.split("~")[1]}`;
  expect(keys.slice(1)).toEqual([run(first.child), run(second.child), `${id}:mail`]);
  expect((await queues.get("mail").getJob(second.child))?.data).toMatchObject({ editedBy: "mio" });
  const { processors } = await showEvent(context, id);
  const shown = processors.map((at) => [at.processor, at.id, at.state]);
  expect(shown).toEqual([
    ["mail", id, "dead"],
    ["mail", first.child, "dead"],
    ["mail", second.child, "handled"],
    [QUARANTINE, id, "handled"],
    [QUARANTINE, first.child, "handled"],
    [QUARANTINE, second.child, "handled"],
  ]);
});
