import { execFileSync } from "node:child_process";

const PACKAGES = ["webhook", "ruby-sidekiq", "python3-rq", "python3-celery"];

/**
 * Gets Debian's packages of contestants. Only when asked for: it changes the machine.
 *
 * @throws Error if this is not root, or apt-get fails
 */
export function installPackages(): void {
  if (process.getuid?.() !== 0) throw new Error("--install needs root, and Debian's apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...PACKAGES];
  execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
}
