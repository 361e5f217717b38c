export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  readonly code = "DEADLINE";
}

/**
 * Waits for a promise, but not for ever. What it stands for goes on.
 *
 * @throws DeadlineError when the time is up
 */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(`No end within ${ms} ms.`)), ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
