/**
 * Answers a mention with a note of your own.
 *
 *     PROCESSORS_DIR=examples MISSKEY_URL=https://misskey.example MISSKEY_TOKEN=… npm start
 *
 * It needs a user hook with "mention", and a token of the hook's owner that may create notes (Misskey: Settings,
 * API). The token goes to MISSKEY_URL and nowhere else, whatever an event says of its server.
 *
 * It promises:
 * - No answer to bots, to itself, or to the test button.
 * - No answer to an answer: a reply to one of its replies ends the talk. So two of these cannot go on with each
 *   other, however slowly their servers deliver. Any other automaton is held to one answer a minute.
 * - One answer a minute to one user. `once` holds that over all replicas and restarts, by minutes of the clock;
 *   a table in memory adds that two answers within one replica are a whole minute apart. So only with several
 *   replicas, or after a restart, can two answers come closer: around a full minute, or when retries catch up
 *   after an outage.
 * - The answer's visibility is never wider than the mention's, and what is local only stays so.
 */
const MINUTE_MS = 60_000;

/** @param kit what Misskeep gives: see docs/processors.md */
export default function autoReply({
  defineProcessor,
  z,
  handled,
  ignored,
  Misconfigured,
  PermanentError,
  RetryLater,
}) {
  /** User id → the last answer to that user: { eventId, at }. */
  const answers = new Map();

  /** Whether another event of that user was answered within a minute; if not, this one is now. */
  function isTooSoon(userId, eventId) {
    const now = Date.now();
    for (const [id, { at }] of answers) if (now - at >= MINUTE_MS) answers.delete(id);
    const last = answers.get(userId);
    if (last !== undefined && last.eventId !== eventId) return true;
    answers.set(userId, { eventId, at: now });
    return false;
  }

  return defineProcessor({
    name: "auto-reply",
    on: ["mention"],
    config: z.object({
      MISSKEY_URL: z.url({ protocol: /^https?$/ }).describe("Your Misskey server."),
      MISSKEY_TOKEN: z.string().describe("An access token that may create notes."),
      AUTO_REPLY_TEXT: z.string().default("Thank you! I will read this later."),
    }),

    // Of the mentions by one user in one minute the first is answered.
    once: (event) => (whyNot(event) ? undefined : `${event.body.note.user.id} ${minuteOf(event)}`),

    async handle(event, { config, step, signal }) {
      const { note } = event.body;
      const why = whyNot(event) ?? whyNotHere(event, config.MISSKEY_URL);
      if (why) return ignored(why);
      if (isTooSoon(note.user.id, event.id)) return ignored("this user was answered within the last minute");

      // Recorded when done, so that a later failure does not answer twice.
      await step("answer", () => createNote(answerTo(note, config.AUTO_REPLY_TEXT), config, signal));
      return handled();
    },
  });

  async function createNote(note, { MISSKEY_URL, MISSKEY_TOKEN }, signal) {
    const response = await fetch(new URL("/api/notes/create", MISSKEY_URL), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ i: MISSKEY_TOKEN, ...note }),
      // A redirect would carry the token elsewhere.
      redirect: "manual",
      signal,
    });
    const { status } = response;
    if (status === 200) return;
    await response.body?.cancel();
    // A time that is set too late makes the job wait; one that is no number, or absent: a minute.
    if (status === 429) throw new RetryLater(1_000 * (Number(response.headers.get("retry-after")) || 60));
    if (status >= 500 || status === 408) throw new Error(`Misskey answered ${status}`);
    if (status === 400) throw new PermanentError("Misskey does not take the answer; the mention may be gone");
    throw new Misconfigured(`Misskey answered ${status}: check MISSKEY_URL and what MISSKEY_TOKEN may do`);
  }
}

/** @returns why an event is never answered, or undefined */
function whyNot({ isTest, hook, body: { note } }) {
  if (isTest) return "it is a test";
  if (hook.ownerId === undefined) return "it does not say whose hook it is";
  if (note.user.id === hook.ownerId) return "it is my own note";
  if (note.user.isBot) return "it is by a bot";
  // My answers are replies themselves. Where what it replies to is not shown, it may be one of them.
  const isReply = typeof note.replyId === "string";
  if (isReply && !note.reply) return "what it replies to is not known";
  if (isReply && note.reply.user.id === hook.ownerId && note.reply.replyId) return "it answers my answer";
  return undefined;
}

/** @returns why an event is not answered with this server's token, or undefined */
function whyNotHere({ server }, url) {
  return server === undefined || server === new URL(url).origin ? undefined : "it is of another server";
}

/** The minute in which the event was received: the same for all its attempts. */
function minuteOf({ receivedAt }) {
  return Math.floor(receivedAt / MINUTE_MS);
}

/** The note that answers another, for https://misskey-hub.net/docs/for-developers/api/ (notes/create). */
function answerTo({ id, user, visibility, localOnly, channelId }, text) {
  const handle = user.host ? `@${user.username}@${user.host}` : `@${user.username}`;
  const isOpen = visibility === "public" || visibility === "home" || visibility === "followers";
  return {
    replyId: id,
    text: `${handle} ${text}`,
    // Direct, to the author alone, if it was direct or does not say.
    ...(isOpen ? { visibility } : { visibility: "specified", visibleUserIds: [user.id] }),
    localOnly: localOnly === true,
    ...(channelId ? { channelId } : {}),
  };
}
