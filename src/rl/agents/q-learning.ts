import { discountFor, type Environment } from '../environments/environment.ts';
import type { Experience } from '../streams/experience.ts';
import { TabularAgent, type TabularOptions } from './tabular-agent.ts';
import { qLearningTarget } from './targets.ts';

/**
 * Q-learning: updates Q(s, a) by the step size alpha towards reward + gamma * max Q(s', .),
 * independent of the next action. After a termination the target is the reward alone; after a
 * truncation it bootstraps. Watkins, "Learning from Delayed Rewards", 1989; Sutton and Barto, 2nd
 * ed., section 6.5.
 * @throws TypeError when observations or actions are not discrete, RangeError for an option against
 * its rule
 */
export function qLearning(environment: Environment<number, number>, options: TabularOptions): TabularAgent {
  return new QLearning(environment, options);
}

class QLearning extends TabularAgent {
  readonly name = 'q-learning';

  protected update(e: Experience<number, number>, alpha: number): void {
    const { actions, values } = this;
    const discount = discountFor(e.kind, this.gamma);
    const target = qLearningTarget(e.reward, discount, values, e.next * actions, actions);
    this.move(values, e.observation * actions + e.action, target, alpha);
  }
}
