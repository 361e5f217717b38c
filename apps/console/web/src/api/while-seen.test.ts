import { expect, test } from "vitest";
import { whileSeen } from "./while-seen.ts";

/** As much of a document as matters here. */
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState;

  constructor(visibilityState: DocumentVisibilityState) {
    super();
    this.visibilityState = visibilityState;
  }

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

function watch(page: Page) {
  const seen: string[] = [];
  const end = whileSeen(page, () => {
    seen.push("start");
    return () => seen.push("stop");
  });
  return { seen, end };
}

test("stops when the page is put away, and starts again when it is seen", () => {
  const page = new Page("visible");
  const { seen } = watch(page);
  expect(seen).toEqual(["start"]);
  page.become("hidden");
  expect(seen).toEqual(["start", "stop"]);
  page.become("visible");
  expect(seen).toEqual(["start", "stop", "start"]);
});

test("runs once, however often the page is told that it is seen", () => {
  const page = new Page("visible");
  const { seen } = watch(page);
  page.become("visible");
  expect(seen).toEqual(["start"]);
});

test("a page that was opened behind others starts when it comes to the front", () => {
  const page = new Page("hidden");
  const { seen } = watch(page);
  expect(seen).toEqual([]);
  page.become("visible");
  expect(seen).toEqual(["start"]);
});

test("once ended, it stays so", () => {
  const page = new Page("visible");
  const { seen, end } = watch(page);
  end();
  page.become("hidden");
  page.become("visible");
  expect(seen).toEqual(["start", "stop"]);
});
