import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "@misskeep/testkit";
import { startProgram, untilListening } from "../host/program.ts";
import { SECRET } from "../load/deliveries.ts";
import type { DoorContestant } from "./contestant.ts";
import { download } from "./download.ts";
import { eventIdsIn } from "./event-ids-in.ts";

/** The last line of versions that runs on Node 20. */
const VERSION = "4.1.8";

/** Node-RED's HTTP-in node, a function that looks at the secret, a file node, an HTTP response. */
export const nodeRed: DoorContestant = {
  name: "node-red",
  title: "Node-RED (to a file)",
  promise: "in a file that is not synced; never once",
  usesRedis: false,
  isAside: true,
  async whyAbsent() {
    return (await download("node-red", VERSION)) === undefined ? "npm cannot download it" : undefined;
  },
  async start({ folder }) {
    const home = await download("node-red", VERSION);
    if (home === undefined) throw new Error("Node-RED is not here");
    const port = await freePort();
    const file = join(folder, "events.log");
    const userDir = join(folder, "node-red");
    await mkdir(userDir);
    const settings = {
      uiPort: port,
      uiHost: "127.0.0.1",
      userDir,
      httpAdminRoot: false,
      flowFile: "flows.json",
    };
    const quiet = { logging: { console: { level: "warn" } }, telemetry: { enabled: false } };
    await writeFile(
      join(userDir, "settings.js"),
      `module.exports = ${JSON.stringify({ ...settings, ...quiet })}`,
    );
    await writeFile(join(userDir, "flows.json"), JSON.stringify(flowInto(file)));
    const main = join(home, "node_modules/node-red/red.js");
    const program = await startProgram({
      role: "server",
      folder,
      command: process.execPath,
      args: [main, "--userDir", userDir, "--settings", join(userDir, "settings.js")],
    });
    await untilListening(program, port);
    const url = `http://127.0.0.1:${port}/misskey`;
    await untilFlowRuns(url);
    const kept = async (): Promise<string[]> => eventIdsIn(await readFile(file, "utf8"));
    return { urls: [url], programs: [program], kept };
  },
};

/** It listens before its flow is there. */
async function untilFlowRuns(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await fetch(url, { method: "POST" })).status === 404)
    if (Date.now() > deadline) throw new Error("Node-RED's flow does not start");
}

function flowInto(file: string): readonly object[] {
  const z = "flow";
  const check = `if (msg.req.headers["x-misskey-hook-secret"] === "${SECRET}") return [msg, null];
    msg.statusCode = 401;
    return [null, msg];`;
  const answer = `msg.statusCode = 202; msg.payload = { status: "accepted" }; return msg;`;
  return [
    { id: z, type: "tab", label: "bench" },
    { id: "in", z, type: "http in", url: "/misskey", method: "post", wires: [["check"]] },
    { id: "check", z, type: "function", func: check, outputs: 2, wires: [["keep"], ["out"]] },
    {
      id: "keep",
      z,
      type: "file",
      filename: file,
      filenameType: "str",
      appendNewline: true,
      overwriteFile: "false",
      wires: [["answer"]],
    },
    { id: "answer", z, type: "function", func: answer, outputs: 1, wires: [["out"]] },
    { id: "out", z, type: "http response", wires: [] },
  ];
}
