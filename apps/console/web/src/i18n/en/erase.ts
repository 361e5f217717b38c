/** The right to be forgotten. */
export const erase = {
  title: "Erase",
  intro:
    "Erases the content of a person's or a note's events everywhere: inbox, jobs, dead and discarded letters. Ids, times and idempotency keys stay, so that nothing is handled twice. There is no way back.",
  outside: "What processors have sent elsewhere, logs of other systems and backups of Redis are not touched.",
  form: {
    what: "What",
    person: "A person",
    note: "A note",
    personLabel: "Handle",
    personHint: "@alice@example.tld; for people of your own server with its host, too",
    personWrong: "That is no handle.",
    noteWrong: "That is no note id.",
    noteLabel: "Note id",
    noteHint: "Misskey's id of the note, such as 9zk3l2m1x0",
    plan: "Look for it",
    looking: "Looking through everything …",
  },
  plan: {
    title: "What would be erased",
    nothing: "Nothing was found ({{scanned}} events and jobs were looked at).",
    scanned: "{{scanned}} events and jobs were looked at.",
    inbox: "Events in the inbox",
    jobs: "Jobs, waiting or ended",
    dead: "Dead letters",
    discarded: "Discarded letters",
    waiting: "Not dispatched yet, or running now",
    waitingHint:
      "These cannot be erased at once: it is tried for some seconds, and what is left has to be erased again.",
    deadHint: "An erased dead letter cannot be replayed any more.",
  },
  confirm: {
    why: "Why",
    typed: "Type {{target}} to confirm",
    typedWrong: "That is not {{target}}.",
    action: "Erase for good",
    change: "Change",
    readonly: "Read-only access cannot erase.",
  },
  done: {
    title: "Erased",
    text: "{{inbox}} events in the inbox, {{jobs}} jobs, {{dead}} dead and {{discarded}} discarded letters.",
    disk: {
      rewriting: "Redis writes its file anew, so that it leaves the disk, too.",
      busy: "Redis’ file on disk was being written already: it may hold what was erased until it is written next (BGREWRITEAOF).",
      refused:
        "Redis’ file on disk could not be written anew: it may hold what was erased. Run BGREWRITEAOF there.",
      off: "Redis keeps no file on disk.",
    },
    again: "Erase something else",
    audit: "See the audit",
    left_one: "{{count, number}} was busy and is still there: erase again in a minute.",
    left_other: "{{count, number}} were busy and are still there: erase again in a minute.",
  },
};
