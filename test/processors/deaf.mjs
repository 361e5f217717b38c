// Does not stop when told to: at the first event it never returns.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "deaf",
    on: "*",
    config: z.object({ DEAF_URL: z.url() }),
    timeout: "500ms",
    async handle(event, { config, attempt }) {
      const body = JSON.stringify({ id: event.id, attempt });
      const response = await fetch(config.DEAF_URL, { method: "POST", body });
      if ((await response.text()) === "hang") await new Promise(() => setInterval(() => undefined, 1_000));
      return handled();
    },
  });
