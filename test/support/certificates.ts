/**
 * Certificates for tests of TLS, made at once and without openssl: as little of RFC 5280's DER as a client checks.
 */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Certificate {
  /** PEM */
  readonly cert: string;
  /** PEM */
  readonly key: string;
}

export interface Authority extends Certificate {
  /** Signs a certificate for names of hosts and IPv4 addresses. */
  issue(hosts: readonly string[]): Certificate;
}

/** A certificate authority of a test's own, which nobody trusts yet. */
export function makeAuthority(name: string): Authority {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const self = certify({
    subject: name,
    issuer: name,
    of: keys.publicKey,
    by: keys.privateKey,
    extension: extension("2.5.29.19", sequence(tag(0x01, Buffer.from([0xff])))),
  });
  return {
    cert: self,
    key: toPem(keys.privateKey),
    issue(hosts) {
      const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const names = hosts.map((host) =>
        /^[\d.]+$/.test(host)
          ? tag(0x87, Buffer.from(host.split(".").map(Number)))
          : tag(0x82, Buffer.from(host)),
      );
      const cert = certify({
        subject: hosts[0] ?? "",
        issuer: name,
        of: own.publicKey,
        by: keys.privateKey,
        extension: extension("2.5.29.17", sequence(...names)),
      });
      return { cert, key: toPem(own.privateKey) };
    },
  };
}

let made = 0;

function certify(options: {
  subject: string;
  issuer: string;
  of: KeyObject;
  by: KeyObject;
  extension: Buffer;
}): string {
  const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
  const nameOf = (text: string): Buffer =>
    sequence(tag(0x31, sequence(oid("2.5.4.3"), tag(0x0c, Buffer.from(text)))));
  made += 1;
  const content = sequence(
    tag(0xa0, integer(2)),
    integer(made),
    ecdsaWithSha256,
    nameOf(options.issuer),
    sequence(tag(0x17, Buffer.from("200101000000Z")), tag(0x17, Buffer.from("491231235959Z"))),
    nameOf(options.subject),
    options.of.export({ type: "spki", format: "der" }),
    tag(0xa3, sequence(options.extension)),
  );
  const signature = sign("sha256", content, options.by);
  const whole = sequence(content, ecdsaWithSha256, tag(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function toPem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function tag(number: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([number, ...head]), content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return tag(0x30, ...contents);
}

/** @param value from 0 to 127 */
function integer(value: number): Buffer {
  return tag(0x02, Buffer.from([value]));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tag(0x01, Buffer.from([0xff])), tag(0x04, value));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tag(0x06, Buffer.from([first * 40 + second, ...bytes]));
}
