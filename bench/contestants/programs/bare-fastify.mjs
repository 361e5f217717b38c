/** The limit: looks at the secret, parses, answers, and keeps nothing. */
import fastify from "fastify";

const { PORT, SECRET } = process.env;
const app = fastify();

app.post("/misskey", async (request, reply) => {
  if (request.headers["x-misskey-hook-secret"] !== SECRET)
    return reply.code(401).send({ code: "WRONG_SECRET" });
  return reply.code(202).send({ status: "accepted", id: request.body.eventId });
});

await app.listen({ port: Number(PORT), host: "127.0.0.1" });
