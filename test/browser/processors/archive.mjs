// Keeps everything elsewhere, in two steps.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "archive",
    on: "*",
    config: z.object({ ARCHIVE_URL: z.url().describe("Where events are kept.") }),
    concurrency: 8,
    async handle(event, { config, step, signal }) {
      const put = async (part) => {
        const body = JSON.stringify({ type: event.type, part });
        const response = await fetch(`${config.ARCHIVE_URL}/${part}`, { method: "POST", body, signal });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`the archive answered ${response.status}`);
        return { bytes: body.length };
      };
      await step("upload", () => put("upload"));
      await step("index", () => put("index"));
      return handled();
    },
  });
