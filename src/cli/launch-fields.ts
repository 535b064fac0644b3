import { type ValueRule, wholeRule } from '../recipes/index.ts';
import type { Field } from '../runs/index.ts';

const text: ValueRule = { type: 'text' };

/**
 * What a configuration says of a start of the command line beside the run itself. `config.yaml` of
 * a run has none of it.
 */
export const launchFields: Readonly<Record<string, Field>> = {
  out: { rule: text },
  serve: { rule: { type: 'boolean' } },
  host: { rule: text },
  port: { rule: wholeRule(0, 65_535) },
  allowHost: { rule: { type: 'list', of: text } },
  control: { rule: text },
  alertWebhook: { rule: text },
};

/** The values of these keys. */
export interface Launch {
  readonly out: string;
  readonly serve: boolean;
  readonly host: string;
  readonly port: number;
  readonly allowHost: readonly string[];
  readonly control: string;
  readonly alertWebhook: string;
}
