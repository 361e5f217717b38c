import type { DoorContestant } from "./contestant.ts";
import { startNodeDoor } from "./node-door.ts";

export const bareFastify: DoorContestant = {
  name: "bare",
  title: "bare Fastify",
  promise: "nothing: keeps no event",
  usesRedis: false,
  async start({ folder }) {
    const { url, program } = await startNodeDoor("bare-fastify.mjs", folder, {});
    return { urls: [url], programs: [program], kept: () => Promise.resolve(undefined) };
  },
};
