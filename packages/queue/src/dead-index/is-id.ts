/**
 * Whether a word of letters and digits was made by a machine. A word that always stands in a message may be taken
 * for an id without harm: it is so in every letter.
 *
 * | word | is an id |
 * |---|---|
 * | digits and letters in turn, at least ten, or six if all are hexadecimal | yes |
 * | as long as Misskey's ids or a digest, with a digit and a letter | yes |
 * | a word with a number behind or before it: `item123456`, `1234567ms` | no: `item<n>` |
 * | letters alone, as long as Misskey's ids, that nobody can pronounce | yes |
 * | anything else | no |
 *
 * Misskey's ids (aid, aidx) begin with the time in base 36: with `a` from late 2024, with `b` from 2027. Some have
 * no digit at all.
 *
 * @param word in lower case
 */
export function isId(word: string): boolean {
  const bare = word.replace(/^0x/u, "");
  if (bare !== word && /^[0-9a-f]+$/u.test(bare)) return true;
  if (!/\d/u.test(word)) return isUnpronounceable(word);
  if (!/[a-z]/u.test(word) || /^[a-z]+\d{4,}$|^\d+[a-z]{1,3}$/u.test(word)) return false;
  const isHex = /^[0-9a-f]+$/u.test(word);
  if (MISSKEY_LENGTHS.has(word.length) || (isHex && DIGEST_LENGTHS.has(word.length))) return true;
  return word.length >= (isHex ? 6 : 10) && /[a-z]\d+[a-z]|\d[a-z]+\d/u.test(word);
}

/** aid, aidx, ObjectId and meid, ULID. */
const MISSKEY_LENGTHS: ReadonlySet<number> = new Set([10, 16, 24, 26]);
const DIGEST_LENGTHS: ReadonlySet<number> = new Set([16, 24, 32, 40, 64]);

function isUnpronounceable(word: string): boolean {
  if (!/^[ab](?:[a-z]{9}|[a-z]{15})$/u.test(word)) return false;
  return word.replaceAll(/[^aeiou]/gu, "").length <= 2 || /[^aeiou]{5}/u.test(word);
}
