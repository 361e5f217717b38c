/** What Node writes with `--cpu-prof`: https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** µs from each sample to the one before. */
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the busy time, 0 to 1. */
  readonly share: number;
}

/** Where the process itself was, function by function and package by package, the greatest first. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): {
  readonly functions: readonly Share[];
  readonly packages: readonly Share[];
  readonly busyMs: number;
} {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const packages = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const us = timeDeltas[index] ?? 0;
    if (!frame || frame.functionName === "(idle)") continue;
    busy += us;
    const where = placeOf(frame.url);
    const name = frame.functionName === "" ? "(anonymous)" : frame.functionName;
    add(functions, where === "" ? name : `${name} ${where}:${frame.lineNumber + 1}`, us);
    add(packages, packageOf(frame.url) || name, us);
  }
  const shares = (of: ReadonlyMap<string, number>): readonly Share[] =>
    [...of].map(([name, us]) => ({ name, share: us / busy })).toSorted((a, b) => b.share - a.share);
  return { functions: shares(functions), packages: shares(packages), busyMs: busy / 1_000 };
}

function add(to: Map<string, number>, name: string, us: number): void {
  to.set(name, (to.get(name) ?? 0) + us);
}

/** The last parts of the file's path. */
function placeOf(url: string): string {
  return url.startsWith("node:") ? url : url.split("/").slice(-3).join("/");
}

function packageOf(url: string): string {
  if (url.startsWith("node:")) return url;
  const inModules = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return inModules ?? /\/((?:packages|apps)\/[^/]+)\//.exec(url)?.[1] ?? placeOf(url);
}
