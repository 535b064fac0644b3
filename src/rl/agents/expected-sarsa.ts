import { discountFor, type Environment } from '../environments/environment.ts';
import type { Experience } from '../streams/experience.ts';
import { TabularAgent, type TabularOptions } from './tabular-agent.ts';
import { expectedSarsaTarget } from './targets.ts';

/**
 * Expected SARSA: updates Q(s, a) by the step size alpha towards reward + gamma * sum p(a') Q(s',
 * a'), with p the probabilities by which the agent explores in the next step. Van Seijen et al.,
 * ADPRL 2009; Sutton and Barto, 2nd ed., section 6.6.
 * @throws TypeError when observations or actions are not discrete, RangeError for an option against
 * its rule
 */
export function expectedSarsa(
  environment: Environment<number, number>,
  options: TabularOptions,
): TabularAgent {
  return new ExpectedSarsa(environment, options);
}

class ExpectedSarsa extends TabularAgent {
  readonly name = 'expected-sarsa';
  readonly #probabilities = new Float64Array(this.actions);

  protected update(e: Experience<number, number>, alpha: number): void {
    const { actions, values } = this;
    const after = e.next * actions;
    const probabilities = this.explore.probabilities(values, after, e.index + 1, this.#probabilities);
    const discount = discountFor(e.kind, this.gamma);
    const target = expectedSarsaTarget(e.reward, discount, values, after, probabilities);
    this.move(values, e.observation * actions + e.action, target, alpha);
  }
}
