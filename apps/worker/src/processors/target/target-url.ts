import * as z from "zod";

/**
 * The setting that holds a target's address. It counts as a secret: whoever knows a webhook's URL can post to it.
 *
 * A user and password in it are refused, since `fetch` refuses them too, with an error that quotes the URL.
 *
 * @param description for docs/settings.md
 */
export function targetUrl(description: string): z.ZodURL {
  return z
    .url({ protocol: /^https?$/, error: "is no http:// or https:// URL" })
    .refine((text) => !hasCredentials(text), "holds a user or password, which is not supported")
    .meta({ description, secret: true });
}

function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== "" || password !== "";
}
