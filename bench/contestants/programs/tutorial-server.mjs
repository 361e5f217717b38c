/**
 * What BullMQ's documentation leads to: Fastify, and `queue.add` before the answer.
 *
 * | `KNOWN_BY` | a delivery is dropped that |
 * |---|---|
 * | `jobId` | has the id of a job that still exists |
 * | `deduplication` | came within the last 8 days: the promise that Misskeep makes |
 */
import { Queue } from "bullmq";
import fastify from "fastify";
import { Redis } from "ioredis";

const { PORT, SECRET, REDIS_URL, KNOWN_BY } = process.env;
const WINDOW_MS = 8 * 24 * 3_600_000;

const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: 1 });
const queue = new Queue("events", { connection });
const app = fastify();

app.post("/misskey", async (request, reply) => {
  if (request.headers["x-misskey-hook-secret"] !== SECRET)
    return reply.code(401).send({ code: "WRONG_SECRET" });
  const { eventId } = request.body;
  const options =
    KNOWN_BY === "jobId" ? { jobId: eventId } : { deduplication: { id: eventId, ttl: WINDOW_MS } };
  const job = await queue.add("event", request.body, options);
  return reply.code(202).send({ status: "accepted", id: job.id });
});

await app.listen({ port: Number(PORT), host: "127.0.0.1" });
