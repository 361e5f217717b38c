// One at a time and slow: something always runs, and something waits.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "preview",
    on: ["followed", "follow"],
    config: z.object({ PREVIEW_URL: z.url().describe("Makes pictures of profiles.") }),
    concurrency: 1,
    timeout: "10m",
    async handle(event, { config, signal }) {
      const response = await fetch(config.PREVIEW_URL, { method: "POST", body: event.type, signal });
      await response.arrayBuffer();
      return handled();
    },
  });
