import { expect, test } from "vitest";
import { byProcessor } from "./by-processor.ts";

test("keeps letters of one event at two processors apart", () => {
  const letters = [
    { processor: "discord", id: "0-1-0" },
    { processor: "relay", id: "0-1-0" },
    { processor: "discord", id: "0-2-0" },
  ];
  expect([...byProcessor(letters)]).toEqual([
    ["discord", ["0-1-0", "0-2-0"]],
    ["relay", ["0-1-0"]],
  ]);
});
