import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks ingest until it can keep events.
 *
 * @param signal ends the waiting
 * @returns whether it became ready
 */
export async function waitUntilIngestReady(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<boolean> {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  while (!signal.aborted) {
    const isReady = await fetch(`http://${name}:${port}/ready`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (isReady) return true;
    await delay(100, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
