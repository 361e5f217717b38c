import type { FastifyInstance } from "fastify";

export interface ListenLog {
  warn(fields: object, message: string): void;
}

/**
 * Listens; on any free port where the wanted one is taken. The console is no reason to stop what it looks at, and who
 * started it reads where it is.
 */
export async function listen(
  app: FastifyInstance,
  { port, host }: { readonly port: number; readonly host: string },
  log: ListenLog,
): Promise<void> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    await app.listen({ port: 0, host });
    log.warn({ wanted: port }, "CONSOLE_PORT is taken; another port is used");
  }
}
