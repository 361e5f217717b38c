import { expect, test } from "vitest";
import { createWindow } from "./window.ts";

test("it opens as long as the processor is done with what it got, and no wider than the most", () => {
  const window = createWindow();
  const first = window.room(0);
  window.looked(0, first);
  expect(window.room(0)).toBe(2 * first);
  for (let i = 0; i < 20; i += 1) window.looked(0, window.room(0));
  expect(window.room(0)).toBe(1_000);
});

test("it closes while the processor hardly ends anything, and never wholly", () => {
  const window = createWindow();
  for (let i = 0; i < 20; i += 1) window.looked(0, window.room(0));
  for (let i = 0; i < 20; i += 1) window.looked(1_000, 0);
  expect(window.room(0)).toBe(10);
  expect(window.room(1_000)).toBe(0);
});

test("it stays where the processor keeps up", () => {
  const window = createWindow();
  window.looked(0, 10);
  const size = window.room(0);
  window.looked(size / 2, size / 2);
  expect(window.room(0)).toBe(size);
});

test("a look at which nothing was under way tells nothing", () => {
  const window = createWindow();
  const size = window.room(0);
  window.looked(0, 0);
  expect(window.room(0)).toBe(size);
});
