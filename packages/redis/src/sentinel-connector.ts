import { Redis, SentinelConnector } from "ioredis";

type Emit = Parameters<SentinelConnector["connect"]>[0];

/** A sentinel may be away for long; the others tell of a failover meanwhile. */
const SUBSCRIBE_AGAIN_MS = 5_000;

/**
 * Finds the master by asking the sentinels, and leaves it at once when one of them names another.
 *
 * A master that is replaced while it lives (a failover by hand, one that stood still and woke up) goes on taking writes
 * until a sentinel makes it a replica, which is about ten seconds later. All that it takes then is thrown away. It does
 * not tell its clients, so that they have to be told by the sentinels.
 *
 * ioredis has a `failoverDetector` for this. It prints an error to stderr for each sentinel that is away, leaves a
 * master that has just been found when a slower sentinel tells of it, and reads the last answers of the one that it
 * leaves, which are not to be believed.
 */
export class WatchfulSentinelConnector extends SentinelConnector {
  private readonly watchers: Redis[] = [];

  override async connect(emit: Emit): Promise<Awaited<ReturnType<SentinelConnector["connect"]>>> {
    let refusal: Error | undefined;
    const stream = await super.connect((type, error) => {
      if (type === "sentinelError") refusal = error;
      // What they answered is the better reason than that none of them helped.
      else emit(type, refusal ? new Error(`No sentinel helps: ${refusal.message}`, { cause: error }) : error);
    });
    // The next time, the one that helped is asked first.
    this.sentinelIterator.reset(true);
    stream.once(this.options.tls ? "secureConnect" : "connect", () => this.watch());
    return stream;
  }

  override disconnect(): void {
    this.unwatch();
    super.disconnect();
  }

  private watch(): void {
    this.unwatch();
    const { name, connectTimeout, sentinelUsername, sentinelPassword, sentinelTLS } = this.options;
    const { stream } = this;
    this.sentinelIterator.reset(false);
    for (;;) {
      const { value: sentinel } = this.sentinelIterator.next();
      if (sentinel === undefined) break;
      const watcher = new Redis({
        ...sentinel,
        ...(connectTimeout === undefined ? {} : { connectTimeout }),
        ...(sentinelUsername === undefined ? {} : { username: sentinelUsername }),
        ...(sentinelPassword === undefined ? {} : { password: sentinelPassword }),
        ...(sentinelTLS === undefined ? {} : { tls: sentinelTLS }),
        enableReadyCheck: false,
        maxRetriesPerRequest: null,
        retryStrategy: () => SUBSCRIBE_AGAIN_MS,
      });
      watcher.on("error", () => {});
      watcher.on("message", (_, message: string) => {
        const [master, , , host, port] = message.split(" ");
        const isThere = stream.remoteAddress === host && String(stream.remotePort) === port;
        // Not `end`: what it still answers would count as kept.
        if (master === name && !isThere) stream.destroy();
      });
      watcher.subscribe("+switch-master").catch(() => {});
      this.watchers.push(watcher);
    }
    this.sentinelIterator.reset(false);
    stream.once("close", () => this.unwatch());
  }

  private unwatch(): void {
    for (const watcher of this.watchers.splice(0)) watcher.disconnect();
  }
}
