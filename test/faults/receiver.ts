/**
 * What the processors act upon. It records every request, repeats included, and tells the handler what to do next:
 * so faults of handlers strike the very job that is recorded.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger, Order } from "./ledger.ts";
import type { Random } from "./random.ts";

export interface Receiver {
  readonly url: string;
  /** The next `count` first attempts of the processor `moody` are told so. */
  order(order: Order, count: number): void;
  /** What was ordered and not yet given to anybody is forgotten. */
  forget(): void;
  /** How many requests there were. */
  count(): number;
  close(): Promise<void>;
}

interface Call {
  readonly id: string;
  readonly attempt: number;
  readonly pid: number;
}

/** Handlers take so long, ms: runs have to last a moment for faults to strike them. */
const WORK_MS = { most: 60 };

export async function startReceiver(ledger: Ledger, random: Random): Promise<Receiver> {
  const orders: Order[] = [];
  let count = 0;

  const record = (path: string, key: string, call: Call): Order => {
    const processor = path.split("/")[1] ?? "";
    const isFirst = processor === "moody" && call.attempt === 1;
    const order = (isFirst ? orders.shift() : undefined) ?? "fine";
    const { id: eventId, attempt, pid } = call;
    ledger.add("effects", { at: ledger.now(), processor, key, eventId, attempt, pid, order });
    return order;
  };

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.once("end", () => {
      const key = String(request.headers["idempotency-key"]);
      count += 1;
      const call = JSON.parse(Buffer.concat(pieces).toString("utf8")) as Call;
      const order = record(request.url ?? "", key, call);
      void sleep(random.int(0, WORK_MS.most)).then(() => {
        response.statusCode = order === "throw" ? 500 : 200;
        response.end(order);
      });
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    order: (order, times) => orders.push(...Array.from({ length: times }, () => order)),
    forget: () => void orders.splice(0),
    count: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
