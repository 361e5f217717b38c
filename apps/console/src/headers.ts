import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyReply {
    /** What the page's own styles have to carry; another one in each answer. */
    styleNonce: string;
  }
}

/**
 * Headers of every answer. The page loads nothing from elsewhere but pictures, runs no script that is not a file of
 * its own, and is shown in no frame. Styles that the page makes while it runs carry the nonce.
 *
 * Not here: Strict-Transport-Security, which is for whoever runs the proxy with TLS to decide, and
 * Cross-Origin-Embedder-Policy, since notes' pictures come from servers that send no header for it.
 */
export function setHeaders(app: FastifyInstance): void {
  app.decorateReply("styleNonce", "");
  app.addHook("onRequest", (request, reply, done) => {
    reply.styleNonce = randomBytes(16).toString("base64url");
    reply.headers({ ...HEADERS, "content-security-policy": policy(reply.styleNonce) });
    // Answers of the API are for one person and one moment.
    if (request.routeOptions.config.access !== undefined) reply.header("cache-control", "no-store");
    done();
  });
}

const HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "x-dns-prefetch-control": "off",
  "x-permitted-cross-domain-policies": "none",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // The page asks before it shows a note's picture.
    "img-src 'self' data: https:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
