// Measures what an observation costs in hot code: plain buckets beside prom-client's histogram.
//   npm run experiment metric-costs
import { Histogram, Registry } from 'prom-client';
import { MetricRegistry } from '../src/telemetry/index.ts';

const count = 2_000_000;

/** Nanoseconds of processor time for one call. */
function nanoseconds(call: (i: number) => void): number {
  for (let i = 0; i < count / 10; i++) call(i);
  const { user, system } = process.cpuUsage();
  for (let i = 0; i < count; i++) call(i);
  const used = process.cpuUsage();
  return (1000 * (used.user + used.system - user - system)) / count;
}

const labels = { player: 'critic' };
const plain = new MetricRegistry().buckets('weir_step_duration_seconds', labels);
const histogram = new Histogram({
  name: 'step_seconds',
  help: 'steps',
  labelNames: ['player'],
  buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  registers: [new Registry()],
});
const seconds = (i: number) => 0.002 + (i % 7) * 0.001;
const child = histogram.labels(labels);
console.log(`plain buckets: ${nanoseconds((i) => plain.observe(seconds(i))).toFixed(0)} ns`);
console.log(
  `prom-client, labels at each call: ${nanoseconds((i) => histogram.observe(labels, seconds(i))).toFixed(0)} ns`,
);
console.log(`prom-client, labels bound: ${nanoseconds((i) => child.observe(seconds(i))).toFixed(0)} ns`);
