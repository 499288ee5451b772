import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** One metric; its name gets the prefix `caravel_`. */
export interface MetricOptions<Label extends string = string> {
  name: string;
  help: string;
  labels?: readonly Label[];
}

/** Seconds, from a cached page to a heavy job. */
const defaultBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** Ten thousand stores times a histogram would be a million series; which store it was belongs into the log. */
const unboundedLabel = /^(store|shop|host|hostname|user|customer|order|request|job)(_?id)?$/i;

/** The numbers of one process, in a registry of its own, so that two applications in one test do not meet. */
export class Metrics {
  private readonly registry = new Registry();
  readonly contentType = this.registry.contentType;

  /** @param options.process whether to watch memory, event loop and garbage collection too */
  constructor(options: { process?: boolean } = {}) {
    if (options.process) collectDefaultMetrics({ register: this.registry });
  }

  /** A number that only rises. The same name gives the same counter. Throws on a label without bound. */
  counter<L extends string>(options: MetricOptions<L>): Counter<L> {
    return this.define(options, (settings) => new Counter<L>(settings));
  }

  /** A number that rises and falls; `collect` may set it whenever it is asked for. */
  gauge<L extends string>(
    options: MetricOptions<L>,
    collect?: (gauge: Gauge<L>) => void,
  ): Gauge<L> {
    return this.define(options, (settings) => {
      if (!collect) return new Gauge<L>(settings);
      return new Gauge<L>({
        ...settings,
        collect() {
          collect(this);
        },
      });
    });
  }

  /** A distribution, in seconds unless `buckets` say otherwise. */
  histogram<L extends string>(options: MetricOptions<L>, buckets = defaultBuckets): Histogram<L> {
    return this.define(options, (settings) => new Histogram<L>({ ...settings, buckets }));
  }

  /** All numbers in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private define<L extends string, M>(
    { name, help, labels = [] }: MetricOptions<L>,
    make: (settings: { name: string; help: string; labelNames: L[]; registers: Registry[] }) => M,
  ): M {
    const unbounded = labels.find((label) => unboundedLabel.test(label));
    if (unbounded) throw new Error(`The metric ${name} must not have the label ${unbounded}.`);
    const full = `caravel_${name}`;
    const known = this.registry.getSingleMetric(full) as M | undefined;
    return known ?? make({ name: full, help, labelNames: [...labels], registers: [this.registry] });
  }
}
