import type { Command } from 'commander';

/** The keys of a configuration that are no option of `weir train` by their own name. */
const flagsByKey: Readonly<Record<string, string>> = {
  options: '--set',
  'evaluation.every': '--evaluate-every',
  'evaluation.background': '--evaluate-async',
  'evaluation.scores': '--metrics',
  'evaluation.features': '--features',
  'evaluation.samples': '--samples',
  'evaluation.episodes': '--episodes',
  'evaluation.keepBest': '--keep-best',
  'evaluation.stopAfter': '--stop-after',
};

const own: Readonly<Record<string, string>> = {
  weir: 'version of weir that has written the file',
  recipe: 'name of a recipe, see weir list',
  options: 'hyper-parameters of the recipe, see weir list RECIPE',
  evaluation: 'scores while the run goes on',
  'evaluation.hash': 'hash of the features, which a run writes; other features are refused',
  onAlert: 'what alerts do: warn, checkpoint, rollback or stop',
};

/** What each key of a configuration means, in the words of the option of `weir train`. */
export function descriptionsOf(train: Command): Readonly<Record<string, string>> {
  const byFlag = new Map(train.options.map((option) => [option.long, option.description] as const));
  const byName = train.options.map((option) => [option.attributeName(), option.description] as const);
  const byKey = Object.entries(flagsByKey).map(([key, flag]) => [key, byFlag.get(flag) ?? ''] as const);
  return { ...Object.fromEntries(byName), ...Object.fromEntries(byKey), ...own };
}
