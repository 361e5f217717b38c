import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { enqueueAll } from "./body.mjs";

const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 });
const queue = new Queue("events", { connection });
await queue.waitUntilReady();
await enqueueAll((eventId, body) => queue.add("event", { eventId, body }, { jobId: eventId }));
await queue.close();
connection.disconnect();
