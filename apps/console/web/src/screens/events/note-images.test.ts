import { expect, test } from "vitest";
import { hostsOf, imageAddress } from "./note-images.ts";

const file = {
  name: "a.png",
  type: "image/png",
  url: "https://media.example/a.png",
  thumbnailUrl: null,
  isSensitive: false,
  comment: null,
};

test("a picture's preview is taken before the picture", () => {
  expect(imageAddress(file)).toBe("https://media.example/a.png");
  expect(imageAddress({ ...file, thumbnailUrl: "https://proxy.example/t" })).toBe("https://proxy.example/t");
});

test.each([
  ["javascript:alert(1)", "image/png"],
  ["data:image/png;base64,AA==", "image/png"],
  ["http://media.example/a.png", "image/png"],
  ["/a.png", "image/png"],
  ["https://media.example/a.svg", "text/html"],
])("nothing is loaded from %s of type %s", (url, type) => {
  expect(imageAddress({ ...file, url, type })).toBeNull();
});

test("each host is named once", () => {
  const files = ["https://a.example/1", "https://a.example/2", "https://b.example:8443/3"];
  expect(hostsOf(files.map((url) => ({ ...file, url })))).toEqual(["a.example", "b.example:8443"]);
});
