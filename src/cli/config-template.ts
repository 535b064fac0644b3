import type { Command } from 'commander';
import { type Option, type Preset, type Recipe, rangeText } from '../recipes/index.ts';
import { schemaLine } from '../runs/index.ts';
import { descriptionsOf } from './config-descriptions.ts';
import { presetsOf } from './recipe-text.ts';

/**
 * A commented configuration of a recipe to start from: what decides a run with its defaults, and
 * as comments what may be added.
 * @param kind of the data that its values are for
 */
export function configTemplate(
  recipe: Recipe,
  {
    train,
    data,
    kind,
  }: { readonly train: Command; readonly data?: string | undefined; readonly kind: string },
): string {
  const preset = presetsOf(recipe)[kind]!;
  const help = descriptionsOf(train);
  const line = (key: string, value: unknown) => `# ${help[key]}\n${key}: ${value}\n`;
  const unset = (key: string, value: unknown) => `# ${help[key]}\n# ${key}: ${value}\n`;
  return [
    `${schemaLine}\n`,
    `# ${recipe.summary}\n# ${recipe.paper}\n`,
    `# weir train --config FILE --out DIR starts it.\n\n`,
    `recipe: ${recipe.name}\n\n`,
    recipe.kind === 'gan' ? `${line('data', textOf(data ?? recipe.data))}\n` : '',
    `${line('seed', 1)}\n`,
    `${line('steps', preset.steps)}\n`,
    recipe.kind === 'gan' ? `${line('batch', preset.batch)}\n` : '',
    `${line('engine', 'auto')}\n`,
    'options:\n',
    ...Object.entries(recipe.options).map(([name, option]) => optionLines(name, option, preset)),
    '\n',
    `${unset('checkpointEvery', Math.max(1, Math.ceil(preset.steps / 10)))}\n`,
    `${unset('logEvery', 'auto')}\n`,
    recipe.kind === 'gan' ? `${unset('decodeWorkers', 2)}\n` : '',
    '# scores while the run goes on\n# evaluation:\n',
    `#   every: ${Math.max(1, Math.ceil(preset.steps / 10))}\n`,
    `#   keepBest: ${recipe.kind === 'agent' ? 'returnMean' : kind === 'points' ? 'modes' : 'fid'}\n\n`,
    `# what alerts do: warn, checkpoint, rollback or stop\n# onAlert:\n#   NonFiniteValues: rollback\n\n`,
    unset('out', 'runs/first'),
  ].join('');
}

function optionLines(name: string, option: Option, { options }: Pick<Preset, 'options'>): string {
  const { help, rule, unit } = option;
  const range = rangeText(rule);
  const about = [unit, range].filter(Boolean).join(', ');
  return `  # ${help}${about && ` [${about}]`}\n  ${name}: ${options[name] ?? option.fallback}\n`;
}

/** Text that stands for itself in YAML as it is, else in quotes. */
function textOf(value: string): string {
  return /^[A-Za-z][\w.:/+,-]*$/.test(value) ? value : JSON.stringify(value);
}
