/**
 * A network that can be maltreated: connections to it lead to one of its targets.
 *
 * | mode | connections there are | new connections |
 * |---|---|---|
 * | `open` | pass | pass |
 * | `slow` | each piece arrives so much later, in order | the same |
 * | `cut` | are reset | are reset |
 * | `stalled` | carry nothing until it ends, then all that was sent | open, and carry nothing until it ends |
 * | `half-open` | carry nothing any more, for ever, and nobody is told | as when stalled |
 * | `deaf` | what is sent arrives; the answers are lost, and at its end the connection is reset | the same |
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

export type Mode = "open" | "cut" | "stalled" | "half-open" | "deaf" | { readonly slowMs: number };

export interface TcpProxy {
  readonly port: number;
  mode(next: Mode): void;
  close(): Promise<void>;
}

/** One direction of a connection: what is under way in it, oldest first. */
interface Lane {
  push(act: () => void): void;
  flush(): void;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  lanes: readonly Lane[];
  /** Never carries anything again. */
  dead: boolean;
  /** An answer was lost: what comes after it would make no sense. */
  torn: boolean;
}

/**
 * @param targets asked at each connection, which gets the next one in turn; none: it is reset
 */
export async function startTcpProxy(
  targets: () => readonly { readonly host: string; readonly port: number }[],
): Promise<TcpProxy> {
  const links = new Set<Link>();
  let mode: Mode = "open";
  let turn = 0;

  const close = (link: Link): void => {
    links.delete(link);
    link.client.resetAndDestroy();
    link.server.resetAndDestroy();
  };

  const makeLane = (link: Link, isAnswer: boolean): Lane => {
    const queue: { readonly due: number; readonly act: () => void }[] = [];
    const flush = (): void => {
      const isStill = link.dead || mode === "stalled" || mode === "half-open";
      while (!isStill && queue[0] !== undefined && queue[0].due <= performance.now()) queue.shift()?.act();
    };
    return {
      flush,
      push(act) {
        if (mode === "deaf" && isAnswer) {
          link.torn = true;
          return;
        }
        const wait = typeof mode === "object" ? mode.slowMs : 0;
        queue.push({ due: performance.now() + wait, act });
        if (wait > 0) setTimeout(flush, wait + 1);
        else flush();
      },
    };
  };

  const carry = (from: Socket, to: Socket, lane: Lane, link: Link): Lane => {
    from.on("error", () => {});
    from.on("data", (piece: Buffer) =>
      lane.push(() => {
        if (to.destroyed || to.write(piece)) return;
        from.pause();
        to.once("drain", () => from.resume());
      }),
    );
    from.once("end", () => lane.push(() => to.end()));
    from.once("close", () => {
      if (from.errored) lane.push(() => close(link));
      if (link.client.closed && link.server.closed) links.delete(link);
    });
    return lane;
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const all = targets();
    const target = all[(turn += 1) % Math.max(all.length, 1)];
    if (mode === "cut" || target === undefined) {
      client.on("error", () => {});
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const link: Link = { client, server: upstream, lanes: [], dead: false, torn: false };
    link.lanes = [
      carry(client, upstream, makeLane(link, false), link),
      carry(upstream, client, makeLane(link, true), link),
    ];
    links.add(link);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    mode(next) {
      for (const link of links) if (next === "cut" || link.torn) close(link);
      if (next === "half-open") for (const link of links) link.dead = true;
      mode = next;
      for (const { lanes } of links) for (const lane of lanes) lane.flush();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const link of links) close(link);
      }),
  };
}
