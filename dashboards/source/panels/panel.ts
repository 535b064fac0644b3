import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** What every panel says of itself. */
export interface PanelOptions {
  readonly title: string;
  /**
   * One or two sentences for who sees the panel for the first time: what it shows, and what is good
   * or bad.
   */
  readonly description: string;
  /** A unit of Grafana, such as `s`, `bytes`, `percentunit`, `short`. */
  readonly unit: string;
  /** Columns of 24. */
  readonly width?: number;
  /** Rows of about 30 pixels. */
  readonly height?: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** Colours by value: the first colour, then [from this value on, colour]. */
  readonly thresholds?: readonly [string, ...(readonly [number, string])[]];
}

/** The part that all kinds of panels have in common. */
interface CommonBuilder extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  span(width: number): this;
  height(height: number): this;
  min(min: number): this;
  max(max: number): this;
  decimals(decimals: number): this;
  thresholds(thresholds: Builder<ReturnType<ThresholdsConfigBuilder['build']>>): this;
}

/** Applies the common options to a panel of any kind. */
export function describe<B extends CommonBuilder>(panel: B, options: PanelOptions): B {
  panel.title(options.title).description(options.description).unit(options.unit);
  panel.span(options.width ?? 8).height(options.height ?? 8);
  if (options.min !== undefined) panel.min(options.min);
  if (options.max !== undefined) panel.max(options.max);
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  if (options.thresholds) panel.thresholds(thresholds(options.thresholds));
  return panel;
}

/** Colours by value, as Grafana has them. */
export function thresholds([first, ...rest]: NonNullable<
  PanelOptions['thresholds']
>): ThresholdsConfigBuilder {
  const steps: Threshold[] = rest.map(([value, color]) => ({ value, color }));
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: first }, ...steps]);
}
