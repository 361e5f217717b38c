/** Accepts events as ingest does, but without HTTP. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { enqueueAll } from "./body.mjs";

const { REDIS_URL, BENCH_ROOT } = process.env;
const load = (name) => import(pathToFileURL(join(BENCH_ROOT, "packages", name, "dist/index.js")).href);
const { accept } = await load("inbox");
const { connectRedis, waitUntilReady } = await load("redis");

const redis = connectRedis({ url: REDIS_URL, role: "ingest" });
await waitUntilReady(redis, 10_000);
const WINDOW = { windowMs: 8 * 24 * 3_600_000 };
await enqueueAll((eventId, body) => {
  const delivery = {
    hook: "default",
    receivedAt: Date.now(),
    meta: { secretNumber: 1, type: JSON.parse(body).type },
    body: Buffer.from(body),
  };
  return accept(redis, delivery, { server: "https://misskey.example", eventId }, WINDOW);
});
redis.disconnect();
