type Page = Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;

/**
 * Keeps something running while the page is seen: not in a tab behind others, nor in a window that is put away.
 *
 * @param start gives what stops it again
 * @returns ends it for good
 */
export function whileSeen(page: Page, start: () => () => void): () => void {
  let stop: (() => void) | undefined;
  const follow = () => {
    const isSeen = page.visibilityState === "visible";
    if (isSeen) {
      stop ??= start();
    } else {
      stop?.();
      stop = undefined;
    }
  };
  page.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    page.removeEventListener("visibilitychange", follow);
    stop?.();
    stop = undefined;
  };
}
