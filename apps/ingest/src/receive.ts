/**
 * `POST /misskey`: an authentic delivery is kept, then acknowledged.
 *
 * | the delivery | answer |
 * |---|---|
 * | is kept now | 202 `{"status":"accepted","id"}` |
 * | is kept on disk until Redis can take it | 202 `{"status":"accepted","id":null}` |
 * | was kept before | 200 `{"status":"duplicate","id"}` |
 * | is not admitted | see admit.ts |
 * | has a body that grows over the limit | 413 |
 * | cannot be kept within 4.2 s, or fails through any fault of ours | 503 |
 * | breaks off, or is not as long as announced | none: the socket is destroyed |
 */
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { RefusalReason } from "@misskeep/inbox";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { admit, type AdmitOptions, type Arrival } from "./admit.ts";
import { endIfLong, sendError, sendJson, type UnavailableCode } from "./answers.ts";
import { toDelivery } from "./delivery.ts";
import { toUnavailableCode } from "./failures.ts";
import { readSender } from "./headers.ts";
import type { Kept } from "./keep.ts";
import type { Metrics } from "./metrics.ts";
import type { RefusalBook } from "./refusals.ts";
import type { Spooled } from "./spool/file-format.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set once a delivery is admitted. */
    arrival: Arrival | null;
  }
}

export interface ReceiveOptions extends AdmitOptions {
  /** Keeps a delivery; see keep.ts. */
  keep(spooled: Spooled): Promise<Kept>;
  readonly refusals: Pick<RefusalBook, "add">;
  readonly metrics: Metrics;
  readonly log: Record<"info" | "warn" | "error", (fields: object, message: string) => void>;
  /** Told of each connection that brought a valid secret. */
  trust(socket: Socket): void;
  /** Whether connections end with their next answer. */
  isStopping(): boolean;
}

/** In place of whatever content type was sent, as Fastify answers 415 to one that it cannot read. */
const RAW = "application/octet-stream";

/** Adds the route, with and without a slash at its end. */
export function receiveDeliveries(app: FastifyInstance, options: ReceiveOptions): void {
  const { metrics, log, refusals } = options;

  const refuse = (request: FastifyRequest, reason: RefusalReason): void => {
    metrics.refused(reason);
    refusals.add(reason, Date.now(), readSender(request.raw.headers));
  };

  const sendUnavailable = (reply: FastifyReply, code: UnavailableCode, ms: number): FastifyReply => {
    metrics.unavailable(code);
    metrics.answered(503, ms);
    return sendError(reply, code);
  };

  function onRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const admission = admit(request.raw, options);
    const isStranger = "refusal" in admission && admission.code !== "BODY_TOO_LARGE";
    if (isStranger) endIfLong(reply, request.raw);
    else options.trust(request.raw.socket);
    if ("refusal" in admission) {
      refuse(request, admission.refusal);
      sendError(reply, admission.code);
    } else if ("code" in admission) {
      sendUnavailable(reply, admission.code, 0);
    } else {
      const { headers } = request.raw;
      // An answer that waits behind another one on its connection never closes if that ends first: the handlers below
      // give the memory back too.
      reply.raw.on("close", admission.release);
      if (headers.expect?.toLowerCase() === "100-continue") reply.raw.writeContinue();
      headers["content-type"] = RAW;
      request.arrival = admission;
      done();
    }
  }

  async function handler(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { arrival, body } = request as unknown as { arrival: Arrival; body: Buffer };
    if (options.isStopping()) void reply.header("connection", "close");
    try {
      const spooled = toDelivery(arrival, body);
      const kept = await options.keep(spooled);
      const { hook } = spooled.delivery;
      const ms = performance.now() - arrival.startedAt;
      const fields = { hook, status: kept.status, bytes: body.length, ms: Math.round(ms) };
      if (kept.status === "spooled") {
        metrics.spooled(kept.reason);
        metrics.answered(202, ms);
        log.info({ ...fields, reason: kept.reason }, "spooled");
        return sendJson(reply, 202, '{"status":"accepted","id":null}\n');
      }
      const { status, id } = kept;
      const code = status === "accepted" ? 202 : 200;
      metrics.kept(status, hook, body.length);
      metrics.answered(code, ms);
      log.info({ eventId: id, ...fields }, status);
      return sendJson(reply, code, `{"status":"${status}","id":"${id}"}\n`);
    } catch (error) {
      const code = toUnavailableCode(error);
      const level = code === "INTERNAL" ? "error" : "warn";
      log[level](
        { err: error, code, hook: arrival.hook.name },
        "an event was not kept; Misskey will resend it",
      );
      return sendUnavailable(reply, code, performance.now() - arrival.startedAt);
    } finally {
      arrival.release();
    }
  }

  function errorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    request.arrival?.release();
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") {
      refuse(request, "too-large");
      // Fastify would close the connection on what is still unread, and the reset could overtake the answer.
      void reply.removeHeader("connection");
      sendError(reply, "BODY_TOO_LARGE");
    } else if (error.statusCode !== undefined && error.statusCode < 500) {
      const { socket } = request.raw;
      // Otherwise `clientError` has counted it already.
      if (!socket.destroyed || socket.errored !== null) metrics.broken();
      reply.hijack();
      socket.destroy();
    } else {
      log.error({ err: error }, "an event was not kept; Misskey will resend it");
      sendUnavailable(reply, "INTERNAL", 0);
    }
  }

  app.decorateRequest("arrival", null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(RAW, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  for (const url of ["/misskey", "/misskey/"])
    app.route({ method: "POST", url, bodyLimit: options.maxBodyBytes, onRequest, errorHandler, handler });
}
