/**
 * The page: what Vite built. Its files' names carry their hash, so they may be kept for ever; index.html gets the
 * request's nonce and is never kept. Every path that names no file is the page's own to interpret.
 */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import serveStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "./api-error.ts";
import { sendError } from "./errors.ts";

const NONCE = "__CSP_NONCE__";
const FOR_EVER = "public, max-age=31536000, immutable";

/** @param folder where index.html lies; it may come later */
export async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(serveStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    decorateReply: false,
    schemaHide: true,
    setHeaders: (response, path) => {
      const isHashed = path.includes(join(folder, "assets"));
      response.setHeader("cache-control", isHashed ? FOR_EVER : "no-cache");
    },
  });
  // Else a folder, which is answered 403.
  app.get("/", (_request, reply) => sendPage(reply, folder));
  app.setNotFoundHandler(async (request, reply) => {
    if (isOfPage(request)) return sendPage(reply, folder);
    return sendError(reply, new ApiError(404, "NOT_FOUND", "There is nothing here."));
  });
}

function isOfPage({ method, url }: FastifyRequest): boolean {
  const [path = "/"] = url.split("?", 1);
  return (method === "GET" || method === "HEAD") && !/^\/+api(\/|$)/i.test(path) && isRoute(path);
}

/** Event ids and groups hold no dot; file names do. */
function isRoute(path: string): boolean {
  return extname(path) === "";
}

async function sendPage(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  const html = await readFile(join(folder, "index.html"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  reply.header("cache-control", "no-store");
  if (html === undefined) {
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The page is not built. `npm start` builds it; the API under /api works without it.\n");
  }
  return reply.code(200).type("text/html; charset=utf-8").send(html.replaceAll(NONCE, reply.styleNonce));
}
