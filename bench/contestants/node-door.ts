import { freePort } from "@misskeep/testkit";
import { type Program, startProgram, untilListening } from "../host/program.ts";
import { SECRET } from "../load/deliveries.ts";
import { programFile } from "./paths.ts";

/** Starts one of the doors under programs/. */
export async function startNodeDoor(
  file: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly program: Program }> {
  const port = await freePort();
  const program = await startProgram({
    role: "server",
    folder,
    command: process.execPath,
    args: [programFile(file)],
    env: { PORT: String(port), SECRET, ...env },
  });
  await untilListening(program, port);
  return { url: `http://127.0.0.1:${port}/misskey`, program };
}
