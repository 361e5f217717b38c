/** How a processor that posts to a target meets each answer; the same for relay, discord and slack. */
import { Misconfigured, PermanentError, type Processor, RetryLater } from "@misskeep/processor";
import type { MisskeyEvent } from "@misskeep/schema";
import type { ReceiverAnswer } from "@misskeep/testkit";
import { describe, expect, it } from "vitest";
import { TargetFailed } from "../target/check-answer.ts";
import { TargetUnreachable } from "../target/post.ts";
import { run } from "./run.ts";
import { everythingIn, SECRET_PATH, startTarget } from "./target.ts";

const PLANTED_BODY = "planted-answer-body";

interface Subject {
  readonly processor: Processor;
  /** Its settings, with a target's URL in them. */
  readonly settings: (url: string) => Readonly<Record<string, string>>;
  /** An event that it posts. */
  readonly event: () => MisskeyEvent;
}

/** Declares the tests. */
export function meetsEveryAnswer({ processor, settings, event }: Subject): void {
  const failWith = async (
    answer: ReceiverAnswer | "hang" | "reset",
    signal?: AbortSignal,
  ): Promise<unknown> => {
    const target = await startTarget(() => answer);
    const options = signal === undefined ? {} : { signal };
    const error: unknown = await run(processor, settings(target.url), event(), options).then(
      (outcome) => ({ outcome }),
      (thrown: unknown) => thrown,
    );
    expect(everythingIn(error)).not.toMatch(new RegExp(`${SECRET_PATH}|${PLANTED_BODY}|planted-url-secret`));
    return error;
  };
  const body = PLANTED_BODY;

  describe("what the target answers", () => {
    it.each([200, 201, 202, 204])("takes %i for done", async (status) => {
      const target = await startTarget(() => (status === 204 ? { status } : { status, body }));
      await expect(run(processor, settings(target.url), event())).resolves.toMatchObject({ type: "handled" });
      expect(target.requests).toHaveLength(1);
    });

    it.each([401, 403, 404, 410])("takes %i for wrong settings", async (status) => {
      expect(await failWith({ status, body })).toBeInstanceOf(Misconfigured);
    });

    it.each([301, 302, 303, 307, 308])("does not follow a redirect (%i)", async (status) => {
      const elsewhere = await startTarget();
      expect(await failWith({ status, headers: { location: elsewhere.url }, body })).toBeInstanceOf(
        Misconfigured,
      );
      expect(elsewhere.requests).toHaveLength(0);
    });

    it.each([400, 405, 413, 415, 422])("gives an event up at %i", async (status) => {
      expect(await failWith({ status, body })).toBeInstanceOf(PermanentError);
    });

    it.each([408, 429, 500, 502, 503, 504])("tries again after %i", async (status) => {
      expect(await failWith({ status, body })).toBeInstanceOf(TargetFailed);
    });

    it.each([429, 503])("comes back when %i says, in seconds", async (status) => {
      const error = await failWith({ status, headers: { "retry-after": "120" }, body });
      expect(error).toBeInstanceOf(RetryLater);
      expect(error).toMatchObject({ delayMs: 120_000 });
    });

    it("comes back when 429 says, as a date", async () => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      const error = await failWith({ status: 429, headers: { "retry-after": date }, body });
      expect(error).toBeInstanceOf(RetryLater);
      const { delayMs } = error as RetryLater;
      expect(delayMs).toBeGreaterThan(3_500_000);
      expect(delayMs).toBeLessThanOrEqual(3_600_000);
    });

    it("tries again after a connection that is reset", async () => {
      expect(await failWith("reset")).toBeInstanceOf(TargetUnreachable);
    });

    it("tries again where nobody listens", async () => {
      const gone = await startTarget();
      await gone.close();
      const error: unknown = await run(processor, settings(gone.url), event()).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(TargetUnreachable);
      expect(everythingIn(error)).toContain("ECONNREFUSED");
      expect(everythingIn(error)).not.toContain("planted-url-secret");
    });

    it("stops waiting for a slow answer when its signal aborts", async () => {
      const controller = new AbortController();
      const target = await startTarget(() => {
        controller.abort(new Error("time is up"));
        return "hang";
      });
      const running = run(processor, settings(target.url), event(), { signal: controller.signal });
      await expect(running).rejects.toThrow("time is up");
      expect(target.requests).toHaveLength(1);
    });

    it("does not wait for the end of a long body", async () => {
      const long = "x".repeat(4 * 1024 * 1024);
      expect(await failWith({ status: 429, body: long })).toBeInstanceOf(TargetFailed);
      const target = await startTarget(() => ({ status: 200, body: long }));
      await expect(run(processor, settings(target.url), event())).resolves.toMatchObject({ type: "handled" });
    });
  });
}
