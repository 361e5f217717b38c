import { captures } from "@misskeep/testkit";
import { describe, expect, it } from "vitest";
import { type Change, eventFrom } from "../test-support/run.ts";
import { everythingShown } from "../test-support/chat.ts";
import { render } from "./render.ts";

const PLANTED = "planted-private";

/** What makes a note private, each by itself. */
const secretly: Readonly<Record<string, Change>> = {
  "followers only": (note) => (note.visibility = "followers"),
  direct: (note) => (note.visibility = "specified"),
  "local only": (note) => (note.localOnly = true),
  hidden: (note) => (note.isHidden = true),
  "of no visibility": (note) => delete note.visibility,
  "of null visibility": (note) => (note.visibility = null),
  "of unknown visibility": (note) => (note.visibility = "everyone"),
  "with a malformed localOnly": (note) => (note.localOnly = "true"),
  "for people with a login only": (note) => (note.user.requireSigninToViewContents = true),
  "too old to be shown": (note) => (note.user.makeNotesHiddenBefore = -1),
};

const plant: Change = (note) => {
  note.text = `${PLANTED}-text https://files.example/${PLANTED}`;
  note.files = [false, true].map((isSensitive) => ({
    type: "image/png",
    name: `${PLANTED}-name`,
    comment: `${PLANTED}-comment`,
    url: `https://files.example/${PLANTED}`,
    isSensitive,
  }));
  note.poll = { multiple: false, choices: [{ text: `${PLANTED}-choice`, votes: 0 }] };
  note.channel = { id: "c", name: `${PLANTED}-channel` };
  note.cw = `${PLANTED}-cw`;
};

const all = captures().map(({ name, type }) => ({ name, type }));
const noteTypes = new Set(["note", "reply", "renote", "mention"]);
const ofNotes = all
  .filter(({ name, type }) => noteTypes.has(type ?? "") && !name.includes("test-button"))
  .map(({ name }) => name);

describe("a note that is not for everyone", () => {
  it.each(Object.entries(secretly))("is not posted where it is %s", (_, makePrivate) => {
    for (const name of ofNotes) {
      const event = eventFrom(name, ({ body }) => {
        plant(body.note);
        makePrivate(body.note);
      });
      expect(render(event), name).toEqual({ withheld: expect.not.stringContaining(PLANTED) });
    }
  });

  it.each(Object.entries(secretly))("stays out of what is about it where it is %s", (_, makePrivate) => {
    for (const name of ofNotes) {
      for (const place of ["reply", "renote"]) {
        const event = eventFrom(name, ({ body }) => {
          const nested = structuredClone({ ...body.note, id: "nested", reply: null, renote: null });
          plant(nested);
          makePrivate(nested);
          Object.assign(body.note, { visibility: "public", localOnly: false, reply: null, renote: null });
          body.note[place] = nested;
        });
        const shown = everythingShown(event);
        expect(shown, name).not.toBeNull();
        expect(shown, name).not.toContain(PLANTED);
      }
    }
  });

  it.each([
    "note-direct",
    "note-followers-only",
    "note-channel",
    "note-local-only-like-only",
    "mention-direct",
    "reply-followers-only",
    "renote-files-local-only",
  ])("is not posted as it was captured: %s", (name) => {
    expect(everythingShown(eventFrom(name))).toBeNull();
  });
});

describe("every captured event", () => {
  it.each(all)("shows nothing private, as it came: $name", ({ name }) => {
    const event = eventFrom(name, ({ body }) => {
      const users = [body.user, body.note?.user, body.targetUser, body.assignee, body].filter(Boolean);
      for (const user of users) {
        user.memo = `${PLANTED}-memo`;
        user.moderationNote = `${PLANTED}-moderation`;
        user.description = `${PLANTED}-description`;
        user.birthday = `${PLANTED}-birthday`;
      }
      if (body.reporter) body.reporter = { ...body.reporter, name: PLANTED, username: PLANTED };
      if ("comment" in body) body.comment = `${PLANTED}-comment`;
    });
    const shown = everythingShown(event);
    expect(shown ?? "").not.toContain(PLANTED);
  });

  it.each(all.filter(({ name }) => name.includes("test-button")))(
    "is marked as a test: $name",
    ({ name }) => {
      const rendering = render(eventFrom(name));
      expect(rendering).toMatchObject({ message: { title: expect.stringMatching(/^Test: /) } });
    },
  );

  it("tells of the test button's note that it came, though it is local only", () => {
    const rendering = render(eventFrom("note-test-button"));
    expect(rendering).toEqual({ message: { title: expect.any(String), at: expect.any(Number) } });
  });
});

describe("a report", () => {
  const change: Change = ({ body }) => {
    body.comment = `${PLANTED}-comment`;
    body.reporter.username = `${PLANTED}-reporter`;
    body.moderationNote = "planted-moderation-note";
  };

  it.each(["abuseReport-local", "abuseReportResolved-accept"])(
    "is without reporter and comment: %s",
    (name) => {
      const shown = everythingShown(eventFrom(name, change));
      expect(shown).toContain("carol");
      expect(shown).not.toContain(PLANTED);
    },
  );

  it.each(["abuseReport-local", "abuseReportResolved-accept"])("has both with fullReports: %s", (name) => {
    const shown = everythingShown(eventFrom(name, change), { fullReports: true });
    expect(shown).toContain(`${PLANTED}-comment`);
    expect(shown).toContain(`${PLANTED}-reporter`);
    expect(shown).not.toContain("planted-moderation-note");
  });

  it("of a fork is treated alike", () => {
    const asFork: Change = (delivery) => {
      change(delivery);
      delivery.type = "reportCreated";
      delivery.body = { report: delivery.body };
    };
    expect(everythingShown(eventFrom("abuseReport-local", asFork))).not.toContain(PLANTED);
    expect(everythingShown(eventFrom("abuseReport-local", asFork), { fullReports: true })).toContain(PLANTED);
  });
});
