// Kills its worker when the receiver says so, and takes a while otherwise.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "poison",
    on: "*",
    config: z.object({ POISON_URL: z.url() }),
    concurrency: 4,
    async handle(event, { config, signal }) {
      const body = JSON.stringify({ id: event.id, type: event.type });
      const response = await fetch(config.POISON_URL, { method: "POST", body, signal });
      const text = await response.text();
      if (text === "die") process.kill(process.pid, "SIGKILL");
      return handled();
    },
  });
