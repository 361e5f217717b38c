import { expect, test } from "vitest";
import { countConditions, readFilter, readSort } from "./filter-url.ts";

const of = (query: string) => {
  const search = new URLSearchParams(query);
  return (key: string) => search.get(key) ?? undefined;
};

test("reads the conditions that stand in an address, and nothing else", () => {
  const query =
    "processor=discord&person=%40alice&minAttempts=3&diedAfter=1700000000000&sort=oldest&cursor=x&evil=1";
  expect(readFilter(of(query))).toEqual({
    processor: "discord",
    person: "@alice",
    minAttempts: 3,
    diedAfter: 1_700_000_000_000,
  });
});

test.each(["minAttempts=", "minAttempts=x", "minAttempts=-1", "minAttempts=1.5", "text=", "text=%20"])(
  "leaves out %s",
  (query) => {
    expect(readFilter(of(query))).toEqual({});
  },
);

test("keeps a group's page to its group", () => {
  expect(readFilter(of("group=other"), "0123456789ab")).toEqual({ group: "0123456789ab" });
});

test("sorts by what it knows, else newest first", () => {
  expect(readSort(of("sort=attempts"))).toBe("attempts");
  expect(readSort(of("sort=nonsense"))).toBe("newest");
  expect(readSort(of(""))).toBe("newest");
});

test("counts what somebody set", () => {
  expect(countConditions({ group: "0123456789ab", type: "mention", text: undefined, minAttempts: 0 })).toBe(
    2,
  );
});
