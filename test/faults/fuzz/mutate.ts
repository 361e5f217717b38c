/** Small damage to bytes, as a broken sender, a broken network or somebody curious may do. */
import type { Random } from "../random.ts";

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const somewhere = (bytes: Buffer, random: Random): number => random.int(0, Math.max(bytes.length - 1, 0));
const noise = (length: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length }, () => random.int(0, 255)));
const inserted = (bytes: Buffer, at: number, piece: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

/** Pieces that parsers stumble over. */
const PIECES = [
  "\0",
  "\r\n",
  "\r\n\r\n",
  "\n",
  "\u2028",
  "\ufeff",
  "\\ud83d",
  "{",
  "}",
  "[[[[[[[[[[[[[[[[",
  '"',
  "\\",
  "1e999",
  "-0",
  "null",
  '"__proto__":{"x":1},',
  '"eventId":null,',
  '"eventId":{"a":[]},',
  `"eventId":"${"e".repeat(129)}",`,
  '"eventId":0,',
  '"server":[1],',
  "%00",
  "%zz",
  "../../",
].map((text) => Buffer.from(text));

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let left = random.int(1, 4); left > 0 && copy.length > 0; left -= 1)
      copy[somewhere(copy, random)] = random.int(0, 255);
    return copy;
  },
  (bytes, random) => bytes.subarray(0, somewhere(bytes, random)),
  (bytes, random) => bytes.subarray(somewhere(bytes, random)),
  (bytes, random) => inserted(bytes, somewhere(bytes, random), noise(random.int(1, 40), random)),
  (bytes, random) => inserted(bytes, somewhere(bytes, random), random.pick(PIECES)),
  (bytes, random) => {
    const [a, b] = [somewhere(bytes, random), somewhere(bytes, random)].toSorted((x, y) => x - y);
    return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)]);
  },
  (bytes, random) => inserted(bytes, somewhere(bytes, random), bytes.subarray(0, somewhere(bytes, random))),
  (bytes, random) => {
    const at = somewhere(bytes, random);
    return inserted(bytes, at, Buffer.alloc(random.int(1, 3_000), bytes[at] ?? 65));
  },
];

/** @returns the bytes with one to three pieces of damage */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let damaged = bytes;
  for (let left = random.int(1, 3); left > 0; left -= 1) damaged = random.pick(mutations)(damaged, random);
  return damaged;
}

export { noise };
