// Two steps with an effect each.
export default ({ defineProcessor, z, handled, fixed }) =>
  defineProcessor({
    name: "steps",
    on: "*",
    config: z.object({ STEPS_URL: z.url() }),
    retry: { attempts: 5, backoff: fixed("50ms") },
    async handle(event, { config, step, signal }) {
      for (const name of ["first", "second"]) {
        await step(name, async ({ idempotencyKey }) => {
          const headers = { "idempotency-key": idempotencyKey };
          const response = await fetch(`${config.STEPS_URL}/${name}`, { method: "POST", headers, signal });
          await response.arrayBuffer();
          if (!response.ok) throw new Error(`step ${name}: the receiver answered ${response.status}`);
          return response.status;
        });
      }
      return handled();
    },
  });
