/** Dead letters, their groups, and what is done about them, with hostile text in every field. */
import type {
  AuditPage,
  DeadGroup,
  DeadLetterDetails,
  DeadLetterPage,
  DiscardedPage,
} from "@misskeep/operations";
import { error, EVIL, ID, NOW } from "./hostile.ts";
import { content, entry, misskey, raw, summary } from "./hostile-events.ts";

export const letter: DeadLetterDetails = {
  processor: "mail",
  id: ID,
  diedAt: NOW - 1_000,
  error,
  attempts: 20,
  replays: 2,
  history: [entry],
  steps: [EVIL],
  group: "0123456789ab",
  edits: [{ id: `${ID}~abc`, by: EVIL, at: NOW }],
  parent: ID,
  erasedAt: NOW,
  event: summary,
  misskey,
  raw,
  content,
};
export const page: DeadLetterPage = {
  total: 300,
  matching: 250,
  processors: [{ processor: "mail", dead: 300 }],
  letters: Array.from({ length: 20 }, () => ({
    ...letter,
    error: { ...error, code: EVIL },
    group: "0123456789ab",
    edits: 0,
  })),
  scanned: 20,
  next: "W".repeat(100),
};
export const query = { filter: { type: EVIL }, sort: "newest", limit: 20 } as const;
export const group: DeadGroup = {
  group: "0123456789ab",
  processor: "mail",
  error: { name: EVIL, code: EVIL },
  message: error.message,
  count: 300,
  firstDiedAt: NOW - 1e8,
  lastDiedAt: NOW - 1e5,
  perHour: Array.from({ length: 24 }, (_, i) => i),
  example: { id: ID, message: EVIL, event: summary },
  state: "reopened",
  resolved: { by: EVIL, why: EVIL, at: NOW - 1e6 },
  mutedUntil: NOW + 1e6,
};
export const filter = { processor: "mail", type: EVIL, text: EVIL, diedAfter: NOW - 1e6 };
export const discarded: DiscardedPage = {
  total: 1,
  letters: [
    {
      processor: "mail",
      id: ID,
      diedAt: NOW,
      error: { ...error, code: EVIL },
      group: "0123456789ab",
      attempts: 1,
      replays: 0,
      edits: 0,
      event: summary,
      discarded: { by: EVIL, why: EVIL, at: NOW - 1e6, until: NOW + 1e8 },
    },
  ],
  next: "W".repeat(60),
};
export const erasePlan = {
  target: { person: EVIL },
  inbox: 1,
  jobs: 2,
  dead: 3,
  discarded: 4,
  waiting: 5,
  scanned: 6,
};
export const audit: AuditPage = {
  entries: [
    { id: "1-0", at: NOW, by: EVIL, why: EVIL, what: "discard", target: EVIL, filter, count: 300 },
    {
      id: "2-0",
      at: NOW,
      by: EVIL,
      why: "",
      what: "mute",
      target: EVIL,
      filter: { deep: { [EVIL]: [EVIL] } },
      count: null,
    },
  ],
  next: "1-0",
};
