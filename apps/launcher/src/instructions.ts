/** What a person has to do in Misskey, shown each time everything runs. */

export interface InstructionOptions {
  readonly port: number;
  /** The address from outside, if it is known. */
  readonly publicUrl?: string | undefined;
  /** Shown as it is; undefined where it may not be shown. */
  readonly secret?: string | undefined;
  /** Where the secret can be read otherwise. */
  readonly secretPlace: string;
  /** Where the console's page is; undefined if it has not said so yet. */
  readonly consoleUrl?: string | undefined;
}

export function instructions({
  port,
  publicUrl,
  secret,
  secretPlace,
  consoleUrl,
}: InstructionOptions): string {
  const url = `${(publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, "")}/misskey`;
  const lines = [
    "Misskeep is running. To connect Misskey, create a webhook there:",
    "",
    "  Settings → Webhook → Create webhook        https://<your Misskey>/settings/webhook/new",
    "  設定 → Webhook → Webhookを作成",
    "  (moderators' events: Control panel → Webhook, コントロールパネル → Webhook)",
    "",
    `    URL                   ${url}`,
    `    Secret (シークレット)   ${secret ?? `see ${secretPlace}`}`,
    "    Events                all that you want handled",
    "",
    "Then press its test button, and look: npx misskeep status",
    ...(consoleUrl === undefined ? [] : [`or in a browser:                       ${consoleUrl}`]),
  ];
  return [...lines, ...(publicUrl === undefined ? withoutPublicUrl(port) : [])].join("\n");
}

function withoutPublicUrl(port: number): string[] {
  return [
    "",
    "PUBLIC_URL is not set. Misskey sends nothing to private addresses such as localhost, so one of these is needed:",
    `  - a reverse proxy with TLS on a public name, in front of port ${port}: for Caddy two lines,`,
    `      hooks.example.tld {`,
    `        reverse_proxy localhost:${port}`,
    `      }`,
    `  - a tunnel to port ${port} (cloudflared, Tailscale Funnel, …)`,
    "  - Misskey on this machine: in its .config/default.yml",
    `      allowedPrivateNetworks: ['127.0.0.1/32']`,
    "For the first two, put PUBLIC_URL=https://<that name> into .env, so that this text can show the right URL.",
  ];
}
