import { execFile } from "node:child_process";
import { promisify } from "node:util";
import getPort from "get-port";
import { DATABASES, type TestRedis } from "./test-redis.ts";

const run = promisify(execFile);

/** Redis in a container. Its port on this machine is chosen here, so that it survives a restart. */
export async function startContainerRedis(): Promise<TestRedis> {
  // Loading it takes a second, and most machines that run the tests have no use for it.
  const { GenericContainer, Wait } = await import("testcontainers");
  const port = await getPort();
  const container = await new GenericContainer("redis:8-alpine")
    .withCommand(
      `redis-server --appendonly yes --appendfsync always --maxmemory-policy noeviction --databases ${DATABASES}`.split(
        " ",
      ),
    )
    .withExposedPorts({ container: 6379, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .start();
  const docker = (verb: string): Promise<unknown> => run("docker", [verb, container.getId()]);
  const kill = async (): Promise<void> => void (await docker("kill").catch(() => undefined));
  return {
    url: `redis://${container.getHost()}:${port}`,
    kill,
    restart: async () => {
      await kill();
      await docker("start");
    },
    freeze: async () => void (await docker("pause")),
    thaw: async () => void (await docker("unpause")),
    stop: async () => {
      await docker("unpause").catch(() => undefined);
      await container.stop();
    },
  };
}
