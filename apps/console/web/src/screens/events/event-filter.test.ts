import { expect, test } from "vitest";
import { isEmpty, readFilter, writeFilter } from "./event-filter.ts";

const from = (address: string) => {
  const search = new URLSearchParams(address);
  return readFilter((key) => search.get(key) ?? undefined);
};

test("a filter comes out of the address as it went in", () => {
  const filter = { type: "note", hook: "default", person: "@alice@example.tld", from: 1, to: 2 };
  const address = new URLSearchParams(writeFilter(filter) as Record<string, string>);
  expect(from(address.toString())).toEqual(filter);
});

test.each(["from=tomorrow", "from=-1", "from=1e9", "from=99999999999999999", "from=8640000000000001"])(
  "nonsense in the address is no condition: %s",
  (address) => {
    expect(isEmpty(from(address))).toBe(true);
  },
);
