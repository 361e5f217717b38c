import { randomUUID } from "node:crypto";
import { ensureGroup, type InboxLimits, inboxState } from "@misskeep/inbox";
import { type Log, QUARANTINE } from "@misskeep/processor";
import {
  type Backlog,
  findBacklog,
  keepBeating,
  keepTidy,
  longestRunning,
  type OffProcessor,
  openQueues,
  pauseProcessor,
  quarantine,
  startDispatcher,
  type ProcessorWorker,
  type RunningJob,
  startProcessorWorker,
  startRunner,
  toRunnable,
  type WorkerAbout,
} from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";
import { createCollector, startRecorder } from "@misskeep/series";
import type { Registry } from "prom-client";
import { type AlertSettings, startAlerts } from "./alerting.ts";
import type { Chosen } from "./choose-processors.ts";
import { countRun } from "./count-run.ts";
import { describeRules } from "./describe-rules.ts";
import { readMemory } from "./gauges.ts";
import { createMetrics } from "./metrics.ts";
import { mismatchLog } from "./mismatches.ts";
import { logRun } from "./report-run.ts";
import { takeSample } from "./take-sample.ts";

export interface WorkerDeps {
  /** A connection of role `command`, ready; closed by `stop`. */
  readonly redis: Redis;
  /** Opens another connection to the same Redis, of role `worker`. */
  readonly connect: (name: string) => Redis;
  readonly chosen: readonly Chosen[];
  /** What this worker does not run, for people to see. */
  readonly off: readonly OffProcessor[];
  readonly limits: InboxLimits;
  /** Absent: nobody is told of anything. */
  readonly alerts?: AlertSettings;
  readonly about: WorkerAbout;
  readonly log: Log & { child(bindings: object): Log };
  readonly registry: Registry;
  /** A handler did not stop when told to: this process has to be replaced. */
  readonly onZombie: (processor: string) => void;
}

export interface RunningWorker {
  readonly id: string;
  /** Called when the event loop stood still: says which processors ran. */
  blocked(ms: number): void;
  /** @param withinMs how long running jobs may take; then they are handed back */
  stop(withinMs: number): Promise<void>;
}

/** Starts the dispatcher, the processors and what keeps the house: one worker replica. */
export async function startWorker(deps: WorkerDeps): Promise<RunningWorker> {
  const { redis, connect, chosen, log } = deps;
  const id = `${deps.about.host}-${deps.about.pid}-${randomUUID().slice(0, 8)}`;
  const shared = connect("misskeep-worker-jobs");
  const onError = (what: string) => (error: Error) =>
    log.warn({ err: error }, `${what} failed; it is tried again`);
  const queues = openQueues(redis, onError("a queue"));

  const names = [...chosen.map(({ processor }) => processor.name), QUARANTINE];
  const metrics = createMetrics(deps.registry, {
    inbox: () => inboxState(redis),
    memory: () => readMemory(redis),
    processors: async () => {
      const read = async (name: string): Promise<[string, Backlog]> => [
        name,
        await findBacklog(queues, name),
      ];
      return new Map(await Promise.all(names.map(read)));
    },
  });
  await ensureGroup(redis);

  const onMismatches = mismatchLog(log, metrics.mismatch);
  const collector = createCollector();
  const runDeps = {
    redis,
    worker: id,
    logFor: (processor: string, eventId: string) => log.child({ processor, eventId }),
    onRun: (report: Parameters<typeof logRun>[1]) => {
      metrics.ran(report);
      countRun(collector, report);
      logRun(log, report);
    },
    onZombie: deps.onZombie,
    onRestart: metrics.restarted,
    pause: (processor: string, why: string) =>
      pauseProcessor(redis, queues, processor, { by: processor, why, at: Date.now() }),
  };
  const runnables = [
    ...chosen.map(({ processor, config }) => toRunnable(processor, config, { redis, onMismatches })),
    quarantine({ redis, queues }),
  ];
  const settings = new Map(chosen.map(({ processor, settings: each }) => [processor.name, each]));
  const rules = runnables.map(
    (each) => [each.name, describeRules(each, settings.get(each.name) ?? [])] as const,
  );
  const workers: ProcessorWorker[] = [];
  const signOff = await keepBeating(
    redis,
    {
      id,
      startedAt: Date.now(),
      about: deps.about,
      state: () => ({ at: Date.now(), rssBytes: process.memoryUsage.rss(), running: runningIn(workers) }),
      details: { off: deps.off, rules: Object.fromEntries(rules) },
    },
    new Map(chosen.map(({ processor }) => [processor.name, processor.subscription])),
    onError("the heartbeat"),
  );
  workers.push(...runnables.map((runnable) => startProcessorWorker(runnable, shared, runDeps)));
  const stopRunner = startRunner({ redis, queues, shared, log, onRestart: metrics.restarted });
  const stopDispatcher = startDispatcher({
    redis,
    blocking: connect("misskeep-worker-inbox"),
    queues,
    consumer: id,
    log,
    onDispatched: metrics.dispatched,
    onRestart: metrics.restarted,
  });
  const stopRecording = startRecorder({
    redis,
    worker: id,
    collector,
    sample: () => takeSample(redis, queues),
    onError: (err) => log.debug({ err }, "figures were not recorded"),
  });
  const stopTidying = keepTidy(redis, deps.limits, onError("tidying up"));
  const stopAlerts = deps.alerts
    ? startAlerts({ ...deps.alerts, context: { redis, queues }, worker: id, log, onMessage: metrics.alert })
    : () => Promise.resolve();

  return {
    id,
    blocked(ms) {
      metrics.blocked();
      const running = workers.filter((each) => each.running() > 0).map(({ name }) => name);
      log.warn({ ms, running }, "the event loop stood still: a processor blocks it");
    },
    async stop(withinMs) {
      stopTidying();
      // At the same time: with Redis away the dispatcher takes long, and running jobs would lose their time.
      await Promise.all([
        stopDispatcher(),
        stopRunner(),
        stopAlerts(),
        ...workers.map((each) => each.stop(withinMs)),
      ]);
      await stopRecording();
      await signOff().catch(onError("signing off"));
      await queues.close();
      redis.disconnect();
      shared.disconnect();
    },
  };
}

function runningIn(workers: readonly ProcessorWorker[]): readonly RunningJob[] {
  return longestRunning(
    workers.flatMap((worker) => worker.runs().map((run) => ({ processor: worker.name, ...run }))),
  );
}
