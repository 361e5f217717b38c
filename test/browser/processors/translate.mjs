// Fails in several ways: as a service that is away, one that refuses, and by a fault of its own.
export default ({ defineProcessor, z, handled, PermanentError, exponential }) =>
  defineProcessor({
    name: "translate",
    on: ["note", "reply", "renote", "mention"],
    config: z.object({
      TRANSLATE_URL: z.url().describe("The translation service."),
      TRANSLATE_KEY: z.string().min(8).describe("Its key."),
      TRANSLATE_LANGUAGE: z.enum(["en", "ja"]).default("en").describe("Into which language."),
    }),
    retry: { attempts: 4, backoff: exponential({ first: "20ms", max: "1s", jitter: 0 }) },
    rateLimit: { max: 500, per: "1s" },
    concurrency: 8,
    async handle(event, { config, signal }) {
      const body = JSON.stringify({ type: event.type, body: event.body });
      const response = await fetch(config.TRANSLATE_URL, { method: "POST", body, signal });
      const answer = await response.json();
      if (response.status === 422) throw new PermanentError("the service does not know this language");
      if (!response.ok) throw new Error(`the translation service answered ${response.status}`);
      return handled(answer.translations.first.text);
    },
  });
