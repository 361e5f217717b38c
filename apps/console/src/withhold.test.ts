import type { EventContent } from "@misskeep/operations";
import { expect, test } from "vitest";
import type { Visitor } from "./access/visitor.ts";
import { withheld } from "./withhold.ts";

const raw = { utf8: "{}" };
const open: EventContent = { isPrivate: false, note: null, people: [], reaction: ":blobcat:" };
const closed: EventContent = { ...open, isPrivate: true };

function visitor(readonly: boolean): Visitor {
  return { name: "somebody", readonly, csrf: null, sessionId: null };
}

test.each([
  { readonly: false, asked: false, content: open, shown: true },
  { readonly: false, asked: true, content: open, shown: true },
  { readonly: true, asked: false, content: open, shown: true },
  { readonly: true, asked: true, content: open, shown: true },
  { readonly: false, asked: false, content: closed, shown: false },
  { readonly: false, asked: true, content: closed, shown: true },
  { readonly: true, asked: false, content: closed, shown: false },
  { readonly: true, asked: true, content: closed, shown: false },
])("%j", ({ readonly, asked, content, shown }) => {
  expect(withheld(visitor(readonly), { content: asked }, { id: "1", raw, content })).toEqual({
    id: "1",
    content: shown ? content : null,
    contentHidden: !shown,
    ...(readonly ? {} : { raw }),
  });
});

test.each([{ content: null }, {}])("what holds nothing to show hides nothing: %j", (details) => {
  for (const readonly of [true, false])
    expect(withheld(visitor(readonly), { content: true }, details)).toEqual({
      content: null,
      contentHidden: false,
    });
});
