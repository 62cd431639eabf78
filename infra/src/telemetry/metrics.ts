import type { Meter } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

export type { Meter } from '@opentelemetry/api';

/** What a process counts and measures. */
export interface Metrics {
  /** Makes instruments; a name belongs to one of them. */
  readonly meter: Meter;
  /** Everything as it stands now, in Prometheus's text format; what cannot be read just now is left out. */
  text(): Promise<string>;
  stop(): Promise<void>;
}

/** Longer than any gauge may take to look. */
const collectWithinMs = 3_000;

export const createMetrics = (): Metrics => {
  // Only collects: the text is served by our own route, on our own port.
  const reader = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [reader] });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  return {
    meter: provider.getMeter('studio'),
    text: async () => {
      const { resourceMetrics } = await reader.collect({ timeoutMillis: collectWithinMs });
      return serializer.serialize(resourceMetrics);
    },
    stop: () => provider.shutdown(),
  };
};
