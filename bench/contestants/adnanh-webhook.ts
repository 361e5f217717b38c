import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "@misskeep/testkit";
import { said } from "../host/machine.ts";
import { startProgram, untilListening } from "../host/program.ts";
import { SECRET } from "../load/deliveries.ts";
import type { DoorContestant } from "./contestant.ts";
import { eventIdsIn } from "./event-ids-in.ts";

/** Debian's `webhook`: it runs a command for each delivery; the command here appends the body to a file. */
export const adnanhWebhook: DoorContestant = {
  name: "webhook",
  title: "adnanh/webhook (a command each)",
  promise: "in a file that is not synced; never once",
  usesRedis: false,
  isAside: true,
  whyAbsent: () =>
    Promise.resolve(
      said("webhook", ["-version"]).startsWith("webhook version")
        ? undefined
        : "not here; on Debian: apt install webhook, or --install as root",
    ),
  async start({ folder }) {
    const file = join(folder, "events.log");
    const command = join(folder, "keep.sh");
    await writeFile(command, `#!/bin/sh\nprintf '%s\\n' "$1" >> ${file}\n`);
    await chmod(command, 0o755);
    const hooks = join(folder, "hooks.json");
    await writeFile(hooks, JSON.stringify([hookThatRuns(command)]));
    const port = await freePort();
    const args = ["-hooks", hooks, "-ip", "127.0.0.1", "-port", String(port), "-urlprefix", ""];
    const program = await startProgram({ role: "server", folder, command: "webhook", args });
    await untilListening(program, port);
    const kept = async (): Promise<string[]> => eventIdsIn(await readFile(file, "utf8"));
    return { urls: [`http://127.0.0.1:${port}/misskey`], programs: [program], kept };
  },
};

function hookThatRuns(command: string): object {
  return {
    id: "misskey",
    "execute-command": command,
    // Otherwise it answers before the command has run.
    "include-command-output-in-response": true,
    "success-http-response-code": 202,
    "pass-arguments-to-command": [{ source: "entire-payload" }],
    "trigger-rule": {
      match: { type: "value", value: SECRET, parameter: { source: "header", name: "X-Misskey-Hook-Secret" } },
    },
  };
}
