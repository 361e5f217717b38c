/** The argument of every job: `BODY`, with the job's own event id in place of the mark. */
import { randomUUID } from "node:crypto";

const { BODY = "", COUNT = "0" } = process.env;
const [before, after] = BODY.split("EVENT_ID");

/** Runs `enqueue` for `COUNT` jobs, 64 at a time, and tells what that cost. */
export async function enqueueAll(enqueue) {
  let left = Number(COUNT);
  const ids = [];
  const start = process.cpuUsage();
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const id = randomUUID();
      ids.push(id);
      await enqueue(id, `${before}${id}${after}`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, one));
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(`${JSON.stringify({ cpuUs: user + system, ids })}\n`);
}
