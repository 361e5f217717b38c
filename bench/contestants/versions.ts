import { readFileSync } from "node:fs";
import { said } from "../host/machine.ts";

/** Of what stands beside us, as far as it is here. */
export function versionsOf(): Readonly<Record<string, string>> {
  const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const { fastify = "", bullmq = "", ioredis = "" } = own.dependencies;
  const found: Record<string, string> = {
    Fastify: fastify,
    BullMQ: bullmq,
    ioredis,
    webhook: said("webhook", ["-version"]).replace("webhook version ", ""),
    Sidekiq: said("ruby", ["-e", 'require "sidekiq"; puts Sidekiq::VERSION']),
    RQ: said("/usr/bin/python3", ["-c", "import rq; print(rq.VERSION)"]),
    Celery: said("/usr/bin/python3", ["-c", "import celery; print(celery.__version__)"]),
  };
  return Object.fromEntries(Object.entries(found).filter(([, version]) => version !== "unknown"));
}
