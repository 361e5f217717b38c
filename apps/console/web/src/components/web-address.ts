/** Whether a text that somebody else wrote may become a link: http(s) only, never `javascript:` or `data:`. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
