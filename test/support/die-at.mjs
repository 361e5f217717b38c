// Loaded with --import into an app: kills the process as SIGKILL would when it comes to a marked point
// (packages/queue/src/marks.ts), the number of times that DIE_TIMES says over all processes.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync, readFileSync } from "node:fs";

const { DIE_AT, DIE_TIMES = "1", DIE_LEDGER, DIE_WHEN = "" } = process.env;
if (!DIE_AT || !DIE_LEDGER) throw new Error("die-at.mjs needs DIE_AT and DIE_LEDGER.");

subscribe(DIE_AT, (message) => {
  if (DIE_WHEN && !JSON.stringify(message).includes(DIE_WHEN)) return;
  let deaths = 0;
  try {
    deaths = readFileSync(DIE_LEDGER, "utf8").split("\n").length - 1;
  } catch {
    // Nobody has died yet.
  }
  if (deaths >= Number(DIE_TIMES)) return;
  appendFileSync(DIE_LEDGER, `${process.pid}\n`);
  process.kill(process.pid, "SIGKILL");
});
