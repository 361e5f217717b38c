// Has one effect per event: a POST to EFFECT_URL, which decides what becomes of it.
export default ({ defineProcessor, z, handled, PermanentError, fixed }) =>
  defineProcessor({
    name: "effect",
    on: "*",
    config: z.object({ EFFECT_URL: z.url() }),
    retry: { attempts: 3, backoff: fixed("50ms") },
    concurrency: 16,
    async handle(event, { config, attempt, idempotencyKey, signal }) {
      const response = await fetch(config.EFFECT_URL, {
        method: "POST",
        headers: { "idempotency-key": idempotencyKey },
        body: JSON.stringify({
          id: event.id,
          type: event.type,
          eventId: event.eventId,
          attempt,
          pid: process.pid,
        }),
        signal,
      });
      await response.arrayBuffer();
      if (response.status === 400) throw new PermanentError("the receiver does not want it");
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
      return handled();
    },
  });
