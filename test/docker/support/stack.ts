/** The deployment of docker-compose.yml, as a project of the tests' own that leaves nothing behind. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { keys } from "@misskeep/redis";
import { repositoryRoot } from "@misskeep/testkit";

const run = promisify(execFile);

/** A request of a processor, as test/docker/receiver.mjs records it. */
export interface EffectRequest {
  /** The event's id. */
  readonly id: string;
  /** The address of the replica that sent it. */
  readonly from: string;
  readonly answered: boolean;
}

export interface Stack {
  /** @returns stdout @throws Error with stderr */
  compose(...args: string[]): Promise<string>;
  /** Brings everything up, healthy, with that many workers. */
  up(workers: number): Promise<void>;
  /** Where deliveries go; another after each start. */
  ingestUrl(): Promise<string>;
  /** The ids of the containers that run a service. */
  containers(service: string): Promise<string[]>;
  /** Runs `misskeep … --json` in ingest's container. */
  misskeep(...args: string[]): Promise<unknown>;
  /** The ids of the events that a processor has handled. */
  handled(processor: string): Promise<Set<string>>;
  /** What has come to the receiver since its start. */
  effects(): Promise<EffectRequest[]>;
  /** How long the receiver takes to answer from now on. Milliseconds. */
  delayEffects(ms: number): Promise<void>;
  /** Removes containers, networks and volumes. */
  remove(): Promise<void>;
}

/** @param project the name of the Compose project, part of the name of all that it makes */
export function makeStack(project: string): Stack {
  const files = ["docker-compose.yml", "test/docker/override.yml"].flatMap((file) => ["--file", file]);
  // Without --env-file, Compose reads the `.env` of whoever runs the tests.
  const options = [
    "--project-directory",
    repositoryRoot,
    "--project-name",
    project,
    "--env-file",
    "/dev/null",
  ];
  const compose = async (...args: string[]): Promise<string> => {
    const { stdout } = await docker("compose", ...options, ...files, ...args);
    return stdout;
  };
  const address = async (service: string, port: number): Promise<string> =>
    `http://${(await compose("port", service, String(port))).trim()}`;

  return {
    compose,
    up: async (workers) =>
      void (await compose("up", "--detach", "--wait", "--no-build", "--scale", `worker=${workers}`)),
    ingestUrl: async () => `${await address("ingest", 3000)}/misskey`,
    containers: async (service) => lines(await compose("ps", "--quiet", service)),
    misskeep: async (...args) =>
      JSON.parse(await compose("exec", "-T", "ingest", "misskeep", ...args, "--json")) as unknown,
    async handled(processor) {
      const range = ["ZRANGE", keys.queue(processor, "completed"), "0", "-1"];
      return new Set(lines(await compose("exec", "-T", "redis", "redis-cli", ...range)));
    },
    async effects() {
      const response = await fetch(`${await address("receiver", 8080)}/requests`);
      return (await response.json()) as EffectRequest[];
    },
    async delayEffects(ms) {
      await fetch(`${await address("receiver", 8080)}/delay`, { method: "PUT", body: String(ms) });
    },
    remove: async () => void (await compose("down", "--volumes", "--remove-orphans", "--timeout", "5")),
  };
}

/** @throws Error with stderr */
export async function docker(...args: string[]): Promise<{ stdout: string }> {
  return run("docker", args, { cwd: repositoryRoot, maxBuffer: 64 * 1024 ** 2 });
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
