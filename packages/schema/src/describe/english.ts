import type { NoteTraits, Wording } from "./wording.ts";

const inactivity = "No moderator has been active for a while";

export const english: Wording = {
  person: ({ name, handle }) => (name === undefined ? handle : `${name} (${handle})`),
  withTraits: (sentence, traits) => {
    const list = listOf(traits);
    return list.length === 0 ? sentence : `${sentence} (${list.join(", ")})`;
  },
  stop: (sentence) => `${sentence}.`,
  stopWithQuote: (sentence, quote) => `${sentence}: “${quote}”`,
  test: (text) => `Test: ${text}`,

  posted: (kind, author, other) => {
    const theirs = other === undefined ? "a note" : `a note by ${other}`;
    switch (kind) {
      case "renote":
        return `${author} renoted ${theirs}`;
      case "quote":
        return `${author} quoted ${theirs}`;
      case "reply":
        return `${author} replied to ${theirs}`;
      case "note":
        return `${author} posted a note`;
    }
  },
  edited: (author) => `${author} edited a note`,
  repliedToYou: (author) => `${author} replied to you`,
  repliedToSelf: (author) => `${author} replied to their own note`,
  renotedYours: (author) => `${author} renoted your note`,
  quotedYours: (author) => `${author} quoted your note`,
  mentionedYou: (author) => `${author} mentioned you`,
  sentYouDirect: (author) => `${author} sent you a direct note`,

  youFollow: (user) => `You now follow ${user}`,
  followedYou: (user) => `${user} followed you`,
  youDoNotFollow: (user) => `You no longer follow ${user}`,
  reaction: () => "A note got a reaction",

  reported: (user) => `${user ?? "A user"} was reported to the moderators`,
  reportResolved: (user, as) => {
    const report = user === undefined ? "A report" : `The report about ${user}`;
    if (as === undefined) return `${report} was resolved`;
    return `${report} was resolved: ${as === "accept" ? "accepted" : "rejected"}`;
  },
  reportResolvedByRule: () => "A report was resolved by a rule",
  signedUp: (user) => `${user} signed up`,
  moderatorsInactive: (hours) => {
    if (hours === undefined) return `${inactivity}; the server will soon become invitation-only`;
    return `${inactivity}; in ${hours} ${hours === 1 ? "hour" : "hours"} the server becomes invitation-only`;
  },
  invitationOnly: () => `${inactivity}; the server has become invitation-only`,
  publicNotesDisabled: () => `${inactivity}; the server has turned public notes off`,

  other: (type) => `An event of type “${type}” arrived`,
};

function listOf(traits: NoteTraits): string[] {
  const list: string[] = [];
  if (traits.audience === "followers") list.push("followers only");
  if (traits.audience === "specified") list.push("direct");
  if (traits.hasContentWarning) list.push("with a content warning");
  if (traits.files > 0) list.push(traits.files === 1 ? "1 file" : `${traits.files} files`);
  if (traits.hasPoll) list.push("with a poll");
  return list;
}
