import type { EnvironmentStep } from '../environments/environment.ts';
import type { EndedEpisode, Rollout } from './rollout.ts';

/** The rows of a rollout of `steps` steps in each of `numEnvs` environments, as they are filled. */
export class RolloutBuffer {
  readonly rollout: Omit<Rollout, 'actions'>;
  /** Rows that are filled. */
  steps = 0;
  readonly #episodes: EndedEpisode[] = [];
  readonly #observation: number;

  constructor(steps: number, numEnvs: number, observation: number) {
    const rows = steps * numEnvs;
    const list = () => new Float32Array(rows);
    const wide = () => new Float32Array(rows * observation);
    this.#observation = observation;
    this.rollout = {
      numEnvs,
      before: wide(),
      after: wide(),
      rewards: list(),
      discounts: list(),
      continues: list(),
      episodes: this.#episodes,
    };
  }

  /** Writes the observation that an action is chosen by. @returns its place in `rollout.before` */
  before(row: number, observation: readonly number[]): number {
    const at = row * this.#observation;
    this.rollout.before.set(observation, at);
    return at;
  }

  /** Writes what the action led to. */
  after(row: number, { kind, reward, observation }: EnvironmentStep<readonly number[]>): void {
    const { after, rewards, discounts, continues } = this.rollout;
    after.set(observation, row * this.#observation);
    rewards[row] = reward;
    discounts[row] = kind === 'termination' ? 0 : 1;
    continues[row] = kind === 'transition' ? 1 : 0;
    this.steps++;
  }

  /** Adds an episode that has ended. */
  addEpisode({ return: sum, length }: Pick<EndedEpisode, 'return' | 'length'>): void {
    this.#episodes.push({ return: sum, length });
  }
}
