import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { clip, takeSecret } from "./headers.ts";

function request(rawHeaders: string[]): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.rawHeaders = rawHeaders;
  for (let i = 0; i < rawHeaders.length; i += 2)
    message.headers[rawHeaders[i]?.toLowerCase() ?? ""] = rawHeaders[i + 1];
  return message;
}

test("takes the secret out of the request, under each of its names", () => {
  const taken = request([
    "A",
    "1",
    "X-Misskey-Hook-Secret",
    "s1",
    "X-FIREFISH-hook-secret",
    "s2",
    "X-Misskey-Hook-Secret",
    "s3",
    "B",
    "2",
  ]);
  expect(takeSecret(taken)).toBe("s3");
  expect(taken.rawHeaders).toEqual(["A", "1", "B", "2"]);
  expect(taken.headers).toEqual({ a: "1", b: "2" });
});

test("takes it out even where Node has not read so far", () => {
  const taken = request(["A", "1", "X-Misskey-Hook-Secret", "s"]);
  delete taken.headers["x-misskey-hook-secret"];
  expect(takeSecret(taken)).toBe("");
  expect(taken.rawHeaders).toEqual(["A", "1"]);
});

test("looks at a fork's name where Misskey's is empty", () => {
  expect(takeSecret(request(["X-Misskey-Hook-Secret", "", "X-Calckey-Hook-Secret", "s"]))).toBe("s");
  expect(takeSecret(request(["X-Other-Hook-Secret", "s"]))).toBe("");
});

test("shows a stranger's text cut and without control characters", () => {
  expect(clip("a\u001b[31m\r\n\u0085\u00adb\u0000", 100)).toBe("a[31mb");
  expect(clip("x".repeat(300), 128)).toHaveLength(128);
});
