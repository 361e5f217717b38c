// The processors of the fault-injection suite. Each tells the suite's receiver what it does; what comes back may be
// an order to misbehave.
const BACKOFF = { first: "200ms", max: "2s", jitter: 0.2 };

export default ({ defineProcessor, exponential, z, handled, ignored, PermanentError, RetryLater }) => {
  // Attempts are out of reach: a dead letter is then one that was ordered, or a bug.
  const retry = { attempts: 1_000, backoff: exponential(BACKOFF) };

  async function tell(url, key, event, attempt, signal) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "idempotency-key": key },
      body: JSON.stringify({ id: event.id, attempt, pid: process.pid }),
      signal,
    });
    const order = await response.text();
    if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    return order;
  }

  const simple = (name) => {
    const setting = `${name.toUpperCase()}_URL`;
    return defineProcessor({
      name,
      on: "*",
      config: z.object({ [setting]: z.url() }),
      retry,
      concurrency: 8,
      async handle(event, { config, attempt, idempotencyKey, signal }) {
        await tell(config[setting], idempotencyKey, event, attempt, signal);
        return handled();
      },
    });
  };

  const steps = defineProcessor({
    name: "steps",
    on: "*",
    config: z.object({ STEPS_URL: z.url() }),
    retry,
    concurrency: 8,
    async handle(event, { config, attempt, step, signal }) {
      for (const name of ["first", "second"])
        await step(name, ({ idempotencyKey }) =>
          tell(`${config.STEPS_URL}/${name}`, idempotencyKey, event, attempt, signal),
        );
      return handled();
    },
  });

  const moody = defineProcessor({
    name: "moody",
    on: "*",
    config: z.object({ MOODY_URL: z.url() }),
    retry,
    timeout: "3s",
    concurrency: 4,
    async handle(event, { config, attempt, idempotencyKey, signal }) {
      const order = await tell(config.MOODY_URL, idempotencyKey, event, attempt, signal);
      return (await obey(order, signal)) ?? handled();
    },
  });

  async function obey(order, signal) {
    switch (order) {
      case "exit":
        return process.exit(9);
      case "block":
        // Longer than a job's lock lasts.
        for (const from = performance.now(); performance.now() - from < 9_000;);
        return undefined;
      case "slow":
        return new Promise((resolve) => setTimeout(resolve, 2_000));
      case "hang":
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        return signal.throwIfAborted();
      case "deaf":
        return new Promise(() => setInterval(() => undefined, 1_000));
      case "permanent":
        throw new PermanentError("ordered");
      case "ignore":
        return ignored("ordered");
      case "later":
        throw new RetryLater("1s");
      default:
        return undefined;
    }
  }

  return [simple("strict"), steps, moody, simple("late")];
};
