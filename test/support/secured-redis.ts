import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer } from "@misskeep/private-redis";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { freePort, repositoryRoot } from "@misskeep/testkit";
import { makeAuthority } from "./certificates.ts";
import type { AtEnd } from "./world.ts";

/** A Redis as docs/operating.md secures it: TLS of its own authority, and one user for Misskeep. */
export interface SecuredRedis {
  /** As the apps are given it: `rediss://`, the documented user, its password. */
  readonly url: string;
  readonly password: string;
  readonly port: number;
  /** What a process needs to trust it. */
  readonly env: Readonly<Record<string, string>>;
  /** With all rights, and without TLS: for what a test looks at and changes. */
  readonly adminUrl: string;
  readonly admin: Redis;
  /** The documented rules of the user, without its password. */
  readonly rules: readonly string[];
  /** Has it show another certificate from now on, for these hosts. */
  certify(hosts: readonly string[]): Promise<void>;
  /** Starts a sentinel on TLS that knows this server. @returns its port */
  startSentinel(): Promise<number>;
}

const ADMIN = "the-tests-own-password";
export const PASSWORD = "a-password/of:Misskeep's@own";

/** @returns undefined where no Redis with TLS can be had */
export async function startSecuredRedis(atEnd: AtEnd): Promise<SecuredRedis | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-secured-"));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const found = await findServer({
    dataDir: folder,
    // One in a container would not see the certificates.
    env: { ...process.env, DOCKER_HOST: "tcp://127.0.0.1:9", DOCKER_CONTEXT: undefined },
    announce: () => {},
    packageDir: join(repositoryRoot, ".misskeep/redis-package"),
  }).catch(() => undefined);
  if (found === undefined || found.kind === "docker") return undefined;
  const { binary, env } = found.program;

  const authority = makeAuthority("Misskeep's tests");
  const certificate = authority.issue(["localhost", "127.0.0.1"]);
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    await chmod(path, 0o600);
    return path;
  };
  const ca = await file("ca.pem", authority.cert);
  const tls = [
    `tls-cert-file ${await file("redis.pem", certificate.cert)}`,
    `tls-key-file ${await file("redis.key", certificate.key)}`,
    `tls-ca-cert-file ${ca}`,
    "tls-auth-clients no",
  ];
  const rules = await documentedRules();
  const [port, plain] = [await freePort(), await freePort()];
  const acl = await file(
    "users.acl",
    `user default on >${ADMIN} ~* &* +@all\nuser misskeep on >${PASSWORD} ${rules.join(" ")}\n`,
  );
  const config = [
    "bind 127.0.0.1",
    `dir ${folder}`,
    `tls-port ${port}`,
    `port ${plain}`,
    `aclfile ${acl}`,
    ...tls,
    "appendonly yes",
    "appendfsync always",
    "no-appendfsync-on-rewrite no",
    "maxmemory-policy noeviction",
    'save ""',
  ];
  /** @returns its log, once it has ended */
  const run = async (name: string, lines: readonly string[], ...args: string[]): Promise<string> => {
    const child = spawn(binary, [await file(name, `${lines.join("\n")}\n`), ...args], { env });
    let log = "";
    child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const ended = new Promise<string>((resolve) => child.once("close", () => resolve(log)));
    atEnd(async () => {
      child.kill("SIGKILL");
      await ended;
    });
    return ended;
  };
  const ended = run("redis.conf", config);
  const adminUrl = `redis://:${ADMIN}@127.0.0.1:${plain}`;
  const admin = connectRedis({ url: adminUrl, role: "worker" });
  atEnd(async () => admin.disconnect());
  const log = await Promise.race([waitUntilReady(admin, 30_000), ended]);
  if (log !== undefined) {
    if (/tls-\w+[^]*Bad directive/.test(log)) return undefined;
    throw new Error(`Redis ended: ${log}`);
  }
  return {
    url: `rediss://misskeep:${encodeURIComponent(PASSWORD)}@localhost:${port}`,
    password: PASSWORD,
    port,
    env: { NODE_EXTRA_CA_CERTS: ca },
    adminUrl,
    admin,
    rules,
    async certify(hosts) {
      const { cert, key } = authority.issue(hosts);
      const [certFile, keyFile] = [await file("new.pem", cert), await file("new.key", key)];
      await admin.config("SET", "tls-cert-file", certFile, "tls-key-file", keyFile);
    },
    async startSentinel() {
      const own = await freePort();
      void run(
        "sentinel.conf",
        [
          "bind 127.0.0.1",
          `dir ${folder}`,
          `tls-port ${own}`,
          "port 0",
          "tls-replication yes",
          ...tls,
          `sentinel monitor events 127.0.0.1 ${port} 1`,
          `sentinel auth-pass events ${ADMIN}`,
        ],
        "--sentinel",
      );
      return own;
    },
  };
}

/** What docs/operating.md says that the user needs, so that it cannot say anything else than what is tested. */
export async function documentedRules(): Promise<string[]> {
  const text = await readFile(join(repositoryRoot, "docs/operating.md"), "utf8");
  const [, rules] = /^user misskeep on >\S+ (.+)$/m.exec(text) ?? [];
  if (rules === undefined) throw new Error("docs/operating.md has no line with the user");
  return rules.trim().split(/\s+/);
}
