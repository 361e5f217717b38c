/**
 * The whole path: from the HTTP request until the event is handled by every processor that wants it. Door and worker
 * run at the same time, as they would.
 */
import { type PathContestant, pathContestants } from "../contestants/path-contestant.ts";
import type { Scene } from "../contestants/contestant.ts";
import type { Handled } from "../contestants/records.ts";
import { addVerdicts, judge, type Verdict } from "../judge/judge.ts";
import { until } from "@misskeep/testkit";
import type { Bench } from "./bench.ts";
import { meter, perEvent } from "./meter.ts";
import { inRounds } from "./rounds.ts";
import { type Row, toRow } from "./row.ts";
import { withScene } from "./scene.ts";
import { untilHandled } from "./until-handled.ts";
import { cpuOf } from "../host/cpu.ts";

const WARM_UP = 2_000;

export async function measurePath(bench: Bench): Promise<readonly Row[]> {
  const { rounds, pathEvents } = bench.sizes;
  const results = await inRounds(rounds, pathContestants, (contestant, round) => {
    bench.say(`path, round ${round + 1}: ${contestant.title}`);
    return withScene({ fsync: "everysec", root: bench.root }, (scene) =>
      runPath(contestant, scene, bench, pathEvents),
    );
  });
  return [...results].map(([contestant, runs]) => toRow(contestant, runs));
}

async function runPath({ start }: PathContestant, scene: Scene, { load }: Bench, count: number) {
  const { url, door, workers, records, interested, isIdle } = await start(scene);
  const send = (events: number) => load.run({ urls: [url], connections: 64, resends: 0, count: events });
  try {
    const warm = await send(WARM_UP);
    await untilHandled(records, WARM_UP * interested);
    await until(isIdle);

    const stop = await meter([door, ...workers], scene.redis);
    const doorBefore = cpuOf([door.pid]);
    const began = Date.now();
    const sent = await send(count);
    const ended = await untilHandled(records, (WARM_UP + count) * interested);
    await until(isIdle);
    const doorUs = cpuOf([door.pid]) - doorBefore;
    const cost = await stop();

    const figures = {
      rate: (count / (ended - began)) * 1_000,
      doorUs: doorUs / count,
      ...perEvent(cost, count),
    };
    const acknowledged = [...warm.acknowledged, ...sent.acknowledged];
    return { figures, verdict: judgeHandled(acknowledged, await records.read(), interested) };
  } finally {
    for (const program of [...workers, door]) await program.stop();
  }
}

/** Every event by each processor that wants it, exactly once. */
export function judgeHandled(
  acknowledged: readonly string[],
  handled: ReadonlyMap<string, readonly Handled[]>,
  interested: number,
): Verdict {
  const each = [...handled.values()].map((list) =>
    judge(
      acknowledged,
      list.map(({ eventId }) => eventId),
    ),
  );
  // One that wrote nothing handled nothing.
  for (let missing = each.length; missing < interested; missing += 1) each.push(judge(acknowledged, []));
  return addVerdicts(each);
}
