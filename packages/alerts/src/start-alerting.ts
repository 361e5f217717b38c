import { type Alerter, type AlerterDeps, createAlerter } from "./alerter.ts";

const EVERY_MS = 15_000;
/** After a stop of all, the others have to come up before their absence means anything. */
const FIRST_MS = 30_000;

/**
 * Looks every 15 s, from half a minute after the start. Every worker does; one of them at a time tells people.
 *
 * @param onError told when a look fails; the next one tries again
 * @returns a function that stops, and lets another worker go on at once
 */
export function startAlerting(
  deps: AlerterDeps,
  onError: (error: Error) => void,
  { everyMs = EVERY_MS, firstMs = FIRST_MS }: { readonly everyMs?: number; readonly firstMs?: number } = {},
): () => Promise<void> {
  const alerter: Alerter = createAlerter(deps);
  let timer: NodeJS.Timeout;
  let isStopped = false;
  const look = (): void => {
    void alerter
      .look()
      .catch((error: unknown) => {
        if (!isStopped) onError(error instanceof Error ? error : new Error(String(error)));
      })
      .then(() => {
        if (!isStopped) timer = setTimeout(look, everyMs);
      });
  };
  timer = setTimeout(look, firstMs);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await alerter.stop();
  };
}
