import { describe, expect, it } from "vitest";
import { handled, ignored } from "./outcome.ts";

describe("an outcome", () => {
  it("is plain JSON", () => {
    for (const outcome of [handled(), handled("posted"), ignored("a test")])
      expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  it("says what became of the event", () => {
    expect(handled()).toEqual({ type: "handled" });
    expect(handled("posted")).toEqual({ type: "handled", detail: "posted" });
    expect(ignored("a test")).toEqual({ type: "ignored", reason: "a test" });
  });
});
