import type { Redis } from "@misskeep/redis";
import { conditionsOf, type Match } from "./conditions.ts";
import type { DeadQuery, FoundLetter, FoundLetters } from "./dead-query.ts";
import { type LetterSource, openSource } from "./letter-source.ts";
import { isDescending, isPositionAfter, placeFor, type Position, readCursor, toCursor } from "./position.ts";
import { matchText } from "./text-search.ts";
import { CHUNK, type Place } from "./walk.ts";

const SCAN = 10_000;
/** Bodies have to be read, some 2.5 KB each. */
const SCAN_TEXT = 2_000;
const TEXT_CHUNK = 50;

/** How far one processor's letters were looked at. */
interface Reader {
  readonly processor: string;
  readonly source: LetterSource;
  /** Found and not given yet. */
  readonly found: Match[];
  /** What was looked at for this page, some of it perhaps for the next ones. */
  readonly looked: Place[];
  place: Place | undefined;
  ended: boolean;
}

/**
 * Finds dead letters, of one processor or of several together, without reading them. What leaves or comes
 * meanwhile makes no page skip or repeat another letter.
 *
 * @param sizes other ones than usual, for tests: a set that is read at once, and how many letters are looked at in one go
 * @throws InvalidCursor
 */
export async function findDeadIds(
  redis: Redis,
  processors: string | readonly string[],
  query: DeadQuery,
  sizes: { readonly small?: number; readonly chunk?: number } = {},
): Promise<FoundLetters> {
  const { filter, sort, limit, scan = filter.text === undefined ? SCAN : SCAN_TEXT } = query;
  const descending = isDescending(sort);
  const isOne = typeof processors === "string";
  const scope = isOne ? processors : "*";
  const start = query.cursor === undefined ? undefined : readCursor(query.cursor, scope, query);
  const readers = await Promise.all(
    (isOne ? [processors] : processors).map(async (processor): Promise<Reader> => {
      const source = await openSource(redis, conditionsOf(processor, filter), sort, sizes.small);
      const place = start && placeFor(processor, start, descending);
      return { processor, source, found: [], looked: [], place, ended: false };
    }),
  );
  const isSelective = readers.some(({ source }) => source.matching === undefined);
  const usual = filter.text === undefined ? CHUNK : TEXT_CHUNK;
  // Where all match, one more than is asked for tells whether anything follows.
  const chunk =
    isSelective || filter.text !== undefined ? (sizes.chunk ?? usual) : Math.min(limit + 1, CHUNK);
  const letters: FoundLetter[] = [];
  let budget = scan - readers.reduce((sum, { source }) => sum + source.readAtFirst, 0);
  let position = start;
  for (;;) {
    const best = first(readers, descending);
    const behind = readers.filter((reader) => isBehind(reader, best, descending));
    if (behind.length === 0) {
      if (!best) return answer(null);
      if (letters.length >= limit) return answer(position);
      const { id, score, diedAt } = best.found.shift() as Match;
      letters.push({ processor: best.processor, id, diedAt });
      position = { processor: best.processor, id, score };
    } else if (letters.length >= limit) {
      return answer(position);
      // Each is looked at once at least, and what was read to begin with costs no more.
    } else if (budget <= 0 && behind.some(({ looked }) => looked.length > 0)) {
      return answer(furthestBack(behind, descending) ?? position);
    } else {
      const looked = await Promise.all(
        behind.map((reader) =>
          read(redis, reader, filter.text, isSelective ? (sizes.chunk ?? CHUNK) : chunk),
        ),
      );
      budget -= looked.reduce((sum, each) => sum + each, 0);
    }
  }

  function answer(end: Position | undefined | null): FoundLetters {
    const next = end ? toCursor(end, scope, query) : null;
    const exact = filter.text === undefined && readers.every(({ source }) => source.matching !== undefined);
    const sum = readers.reduce((total, { source }) => total + (source.matching ?? 0), 0);
    const all = start === undefined && next === null ? letters.length : null;
    return {
      letters,
      scanned: countLooked(readers, start, end, descending),
      next,
      matching: exact ? sum : all,
    };
  }
}

/** Looks at a processor's next letters. */
async function read(redis: Redis, reader: Reader, text: string | undefined, chunk: number): Promise<number> {
  const { matches, looked, last, ended } = await reader.source.next(reader.place, chunk);
  const ids = matches.map(({ id }) => id);
  const withText =
    text === undefined || ids.length === 0 ? undefined : await matchText(redis, reader.processor, ids, text);
  reader.found.push(...(withText ? matches.filter(({ id }) => withText.has(id)) : matches));
  reader.looked.push(...looked);
  reader.place = last;
  reader.ended = ended;
  return looked.length;
}

/** What lies behind the end was looked at ahead of time, and is counted with the page that begins there. */
function countLooked(
  readers: readonly Reader[],
  start: Position | undefined,
  end: Position | undefined | null,
  descending: boolean,
): number {
  return readers.reduce((sum, reader) => {
    const passed = reader.looked.filter(
      (place) => !end || !isPositionAfter(at(reader, place), end, descending),
    );
    return sum + passed.length + (start === undefined ? reader.source.readAtFirst : 0);
  }, 0);
}

/** The reader whose next letter comes first. */
function first(readers: readonly Reader[], descending: boolean): Reader | undefined {
  let best: Reader | undefined;
  for (const reader of readers) {
    const [head] = reader.found;
    if (!head) continue;
    const [bestHead] = best?.found ?? [];
    const isFirst = !best || !bestHead || isPositionAfter(at(best, bestHead), at(reader, head), descending);
    if (isFirst) best = reader;
  }
  return best;
}

/** Whether a reader may still find something before the best letter of the others. */
function isBehind(reader: Reader, best: Reader | undefined, descending: boolean): boolean {
  if (reader.ended || reader.found.length > 0) return false;
  const [head] = best?.found ?? [];
  if (!best || !head || !reader.place) return true;
  return isPositionAfter(at(best, head), at(reader, reader.place), descending);
}

function furthestBack(readers: readonly Reader[], descending: boolean): Position | undefined {
  let back: Position | undefined;
  for (const reader of readers) {
    if (!reader.place) return undefined;
    const position = at(reader, reader.place);
    if (!back || isPositionAfter(back, position, descending)) back = position;
  }
  return back;
}

function at({ processor }: Reader, { score, id }: Place): Position {
  return { processor, score, id };
}
