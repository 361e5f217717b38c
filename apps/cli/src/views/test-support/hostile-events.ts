/** Events with hostile text in every field, as views are given them. */
import type { EventContent, EventDetails, EventSummary } from "@misskeep/operations";
import { error, EVIL, ID, NOW } from "./hostile.ts";

export const summary: EventSummary = {
  id: ID,
  receivedAt: NOW - 3_000,
  hook: EVIL,
  type: EVIL,
  sentence: EVIL,
  sentenceJa: EVIL,
  isTest: false,
  host: EVIL,
  bytes: 2_345,
};
export const misskey = { eventId: EVIL, server: EVIL, hookId: EVIL, ownerId: EVIL, createdAt: 1e300 };
export const entry = {
  attempt: 1,
  worker: EVIL,
  startedAt: NOW - 2_000,
  endedAt: NOW - 1_000,
  end: "dead",
  error,
} as const;
export const raw = { utf8: JSON.stringify({ text: EVIL }) };

export const person = { name: EVIL, handle: EVIL, avatarUrl: EVIL, isBot: true };
export const note = {
  id: EVIL,
  author: person,
  text: `${EVIL}\nnext`,
  cw: EVIL,
  visibility: EVIL,
  localOnly: true,
  createdAt: NOW,
  url: EVIL,
  reply: null,
  renote: null,
  files: [{ name: EVIL, type: EVIL, url: EVIL, thumbnailUrl: EVIL, isSensitive: true, comment: EVIL }],
};
export const content: EventContent = {
  isPrivate: true,
  note: { ...note, reply: note, renote: note },
  people: [person],
  reaction: EVIL,
};

export const details: EventDetails = {
  ...summary,
  misskey,
  inbox: {
    state: "dispatched",
    secretNumber: 1,
    userAgent: EVIL,
    contentType: EVIL,
    pinBroken: EVIL,
    duplicates: { count: 3, last: NOW },
  },
  processors: [
    {
      processor: "mail",
      id: `${ID}~abc`,
      parent: ID,
      discarded: { by: EVIL, why: EVIL, at: NOW },
      state: "dead",
      attempts: 1,
      replays: 1,
      history: [entry],
      steps: [],
      detail: EVIL,
      error,
      endedAt: NOW,
      runsAt: NOW,
    },
  ],
  erasedAt: NOW,
  raw,
  content,
};
