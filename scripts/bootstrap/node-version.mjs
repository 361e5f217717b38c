// @ts-check
/**
 * @param {string} version of Node, `20.20.2`
 * @param {string} range from package.json, `>=20.20`
 * @returns {string | undefined} what to tell the person, if this Node is too old
 */
export function nodeIsTooOld(version, range) {
  const needed = range.replace(/^>=\s*/, "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return `Misskeep needs Node ${needed} or newer; this is ${version}. Get one from https://nodejs.org/en/download.`;
}
