/** The rules and the dashboard in deploy/ ask for metrics and labels that the apps have. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { collectDefaultMetrics, Registry } from "prom-client";
import { expect, test } from "vitest";
import { parse } from "yaml";
import * as ingest from "../apps/ingest/src/metrics.ts";
import * as worker from "../apps/worker/src/metrics.ts";
import { readPromql } from "./support/promql.ts";

/** Prometheus adds the first two; every registry of ours has the third. */
const ALWAYS = ["instance", "job", "app"];
/** What may be asked of labels whose values are few. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  app: ["ingest", "worker", "ingest|worker"],
  level: ["disk"],
  end: ["dead"],
  result: ["sent", "failed"],
  processor: ["$processor"],
};

/** Every metric as Prometheus knows it, with its labels. */
async function knownMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  ingest.createMetrics(registry);
  ingest.showKeeping(
    registry,
    { details: () => ({ durability: "disk", findings: [], usedMemory: 0, maxMemory: 0 }) },
    { state: () => ({ files: 0, bytes: 0, oldestAt: undefined, aside: 0, refusal: undefined }) },
  );
  worker.createMetrics(registry, {
    processors: async () => new Map(),
    inbox: async () => ({ waiting: 0, oldestWaitingAt: undefined }),
    memory: async () => ({ usedMemory: 0, maxMemory: 0 }),
  });
  const known = new Map<string, readonly string[]>();
  const texts = await registry.metrics();
  for (const [, name = "", type] of texts.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const metric = registry.getSingleMetric(name) as unknown as { readonly labelNames: readonly string[] };
    const labels = [...metric.labelNames, ...ALWAYS];
    known.set(name, labels);
    if (type === "histogram") {
      known.set(`${name}_bucket`, [...labels, "le"]);
      known.set(`${name}_sum`, labels);
      known.set(`${name}_count`, labels);
    }
  }
  return known;
}

/** @returns the labels that its result has, besides those that only some of its metrics have */
async function check(text: string): Promise<readonly string[]> {
  const known = await knownMetrics();
  const { asked, groupedBy } = readPromql(text.replaceAll("$__rate_interval", "5m"));
  expect(asked.length, text).toBeGreaterThan(0);
  for (const { metric, selectors } of asked) {
    const labels = known.get(metric);
    expect(labels, `${metric} in ${text}`).toBeDefined();
    for (const { label, value } of selectors) {
      expect(labels, `${label} of ${metric} in ${text}`).toContain(label);
      expect(VALUES[label], `the value of ${label} in ${text}`).toContain(value);
    }
    for (const label of groupedBy) expect(labels, `by ${label} of ${metric} in ${text}`).toContain(label);
  }
  const aggregates = /\b(sum|max|min|absent)\b/.test(text);
  return aggregates ? groupedBy : (known.get(asked[0]?.metric ?? "") ?? []);
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: unknown }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly {
      readonly expr: string;
      readonly legendFormat: string;
      readonly refId: string;
    }[];
  }[];
}

const read = (path: string): Promise<string> => readFile(join(repositoryRoot, "deploy", path), "utf8");

async function readRules(): Promise<readonly Rule[]> {
  const { groups } = parse(await read("prometheus/misskeep.rules.yml")) as {
    readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

test("every Prometheus rule is whole, and asks for metrics and labels that there are", async () => {
  const rules = await readRules();
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(Object.keys(rule).toSorted(), rule.alert).toEqual(
      ["alert", "annotations", "expr", ...(rule.for === undefined ? [] : ["for"]), "labels"].toSorted(),
    );
    expect(rule.alert).toMatch(/^Misskeep[A-Z]\w+$/);
    expect(rule.for ?? "1m", rule.alert).toMatch(/^\d+[smh]$/);
    expect(["critical", "warning"]).toContain(rule.labels.severity);
    const left = await check(rule.expr);
    const { summary, description } = rule.annotations;
    for (const [, label] of `${summary} ${description}`.matchAll(/\$labels\.(\w+)/g))
      expect(left, `{{ $labels.${label} }} of ${rule.alert}`).toContain(label);
  }
});

test("docs/alerts.md names every rule, and no other", async () => {
  const docs = await readFile(join(repositoryRoot, "docs/alerts.md"), "utf8");
  const named = new Set([...docs.matchAll(/`(Misskeep[A-Z]\w+)`/g)].map(([, name]) => name));
  expect(named).toEqual(new Set((await readRules()).map(({ alert }) => alert)));
});

test("every panel of the Grafana dashboard asks for metrics and labels that there are", async () => {
  const dashboard = JSON.parse(await read("grafana/misskeep.json")) as Dashboard;
  const variables = dashboard.templating.list.map(({ name }) => name);
  expect(variables).toEqual(["datasource", "processor"]);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  for (const { title, targets, gridPos } of dashboard.panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
    for (const { expr, legendFormat } of targets) {
      const left = await check(expr);
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        expect(left, `{{${label}}} of ${title}`).toContain(label);
    }
  }
});

test("the dashboard or a rule uses every metric of ours", async () => {
  const used = (await read("prometheus/misskeep.rules.yml")) + (await read("grafana/misskeep.json"));
  const known = [...(await knownMetrics()).keys()].filter((name) => name.startsWith("misskeep_"));
  const base = known.filter((name) => !/_(bucket|sum|count)$/.test(name));
  expect(base.filter((name) => !used.includes(name))).toEqual([]);
});

test.each([
  ["a metric that there is not", "sum(misskeep_nonsense_total) > 0", /misskeep_nonsense_total/],
  ["a label that it has not", 'misskeep_can_keep{level="disk"}', /level of misskeep_can_keep/],
  ["a value that it has not", 'misskeep_runs_total{end="ded"}', /the value of end/],
  ["a grouping by what it has not", "sum by (reason) (misskeep_dead)", /by reason/],
  ["brackets that do not match", "sum(misskeep_dead", /brackets/],
  ["a function that nobody knows", "summ(misskeep_dead)", /summ/],
])("the check finds %s", async (_, text, problem) => {
  await expect(check(text)).rejects.toThrow(problem);
});
