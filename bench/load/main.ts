/** The load generator, as a process of its own: its time must not count as a contestant's. Told by messages. */
import { generate } from "./generate.ts";
import type { LoadJob } from "./job.ts";

process.on("message", (job: LoadJob) => {
  generate(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
