import { wholeNumber } from '../base/index.ts';
import { evaluateGreedy } from '../rl/index.ts';
import type { LoadedAgent } from '../runs/index.ts';
import { type Console, printJson, table } from './console.ts';

/** What `weir evaluate` takes for an agent. */
export interface AgentOptions {
  readonly run: string;
  readonly episodes?: number;
  readonly seed?: number;
  readonly metrics?: string;
  readonly samples?: number;
  readonly features?: string;
  readonly json?: boolean;
}

/** Plays greedy episodes of a run's agent that training never saw, and prints their returns. */
export async function evaluateAgent(
  console: Console,
  { config: { recipe, data }, arena, index }: LoadedAgent,
  options: AgentOptions,
): Promise<void> {
  for (const name of ['metrics', 'samples', 'features'] as const) {
    if (options[name] !== undefined)
      throw new RangeError(`--${name}: expected none for the run of an agent, got ${options[name]}`);
  }
  const episodes = wholeNumber('--episodes', options.episodes ?? 100, 1, 1_000_000);
  const seed = wholeNumber('--seed', options.seed ?? 0);
  const found = await evaluateGreedy(arena.make(), arena.actor, { episodes, seed });
  const { returnMean, returnDeviation, lengthMean, terminated, returns } = found;
  const returnError = returnDeviation / Math.sqrt(episodes);
  const range = { returnLeast: Math.min(...returns), returnMost: Math.max(...returns) };
  const scores = { returnMean, returnError, returnDeviation, ...range, lengthMean, terminated };
  if (options.json)
    return printJson(console, { run: options.run, data, index, episodes, seed, scores, returns });
  const about = {
    returnMean: 'mean return of the episodes',
    returnError: 'standard error of that mean',
    returnDeviation: 'deviation of the returns',
    returnLeast: 'the worst episode',
    returnMost: 'the best episode',
    lengthMean: 'steps of an episode',
    terminated: 'share of episodes that ended by themselves and were not cut off',
  };
  const rows = Object.entries(about).map(([name, text]) => [
    name,
    String(Number(scores[name as keyof typeof scores].toPrecision(5))),
    text,
  ]);
  console.stdout.write(`${recipe} after ${index} steps: ${episodes} greedy episodes in ${data}\n\n`);
  console.stdout.write(table(rows));
}
