import { collectDefaultMetrics, Registry } from "prom-client";

/**
 * @param app becomes the label `app` of every metric
 * @returns a registry with Node's own metrics under prom-client's names, the delay of the event loop
 *   (`nodejs_eventloop_lag_…_seconds`) among them
 */
export function createRegistry(app: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  return registry;
}
