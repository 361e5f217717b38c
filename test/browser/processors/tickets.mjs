// Opens a ticket for each report. The tests pause it.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "tickets",
    on: ["abuseReport", "abuseReportResolved"],
    config: z.object({ TICKETS_URL: z.url().describe("Where tickets are opened.") }),
    once: (event) => event.body.id,
    async handle(event, { config, signal }) {
      const body = JSON.stringify({ id: event.body.id });
      const response = await fetch(config.TICKETS_URL, { method: "POST", body, signal });
      await response.arrayBuffer();
      return handled();
    },
  });
