export type { AgentAssembly, Arena, Assembly, GanAssembly, Trainable, Verdict } from './assembly.ts';
export { findRecipe, recipes } from './catalogue.ts';
export { oursOf, unknownOption } from './foreign-names.ts';
export { assembleGan } from './gan/assemble-gan.ts';
export {
  type LatentWalk,
  type LatentWays,
  latentInterpolation,
  latentWalk,
  type SampledTrainer,
} from './gan/interpolate.ts';
export {
  isMixture,
  picturedSamples,
  samplePicture,
  score,
  scoreText,
  writePicture,
} from './gan/show-samples.ts';
export type { Learner } from './learner.ts';
export {
  choice,
  type Option,
  type Options,
  real,
  resolveOptions,
  type ValuesOf,
  whole,
} from './option.ts';
export {
  type AgentCircumstances,
  type AgentRecipe,
  agentRecipe,
  type GanRecipe,
  type Preset,
  type Recipe,
  recipe,
  type Training,
} from './recipe.ts';
export { environmentsOf, requireEnvironment } from './rl/agent-environment.ts';
export { checkLogEvery, type LogEvery, type RunOptions, resolveSettings, type Settings } from './settings.ts';
export { type BatchSource, type Stages, unmeasured } from './stages.ts';
export {
  type ChoiceRule,
  checkRule,
  type NumberRule,
  rangeText,
  ruleText,
  schemaOf,
  type ValueRule,
  type WordsRule,
  wholeRule,
} from './value-rule.ts';
