import { type Key, keyOf, type Tree, Value } from '../../engine/index.ts';
import { Draws } from '../environments/draws.ts';
import { discountFor, type Environment } from '../environments/environment.ts';
import type { Experience } from '../streams/experience.ts';
import { TabularAgent, type TabularOptions } from './tabular-agent.ts';
import { doubleQLearningTarget } from './targets.ts';

/**
 * Double Q-learning: two tables. Each step updates one of them, chosen with probability 1/2; the
 * other gives the value of its best action. The agent acts by the mean of the two. Van Hasselt,
 * "Double Q-learning", NIPS 2010; Sutton and Barto, 2nd ed., section 6.7.
 * @throws TypeError when observations or actions are not discrete, RangeError for an option against
 * its rule
 */
export function doubleQLearning(
  environment: Environment<number, number>,
  options: TabularOptions,
): TabularAgent {
  return new DoubleQLearning(environment, options);
}

class DoubleQLearning extends TabularAgent {
  readonly name = 'double-q-learning';
  readonly #tables = [this.values.slice(), this.values.slice()] as const;
  readonly #coins = new Draws();
  readonly #coinKey: Key = keyOf(this.seed, 'agent/coin');

  protected update(e: Experience<number, number>, alpha: number): void {
    const { actions } = this;
    const coin = this.#coins.at(this.#coinKey, e.index).integer(2);
    const [moving, judging] = [this.#tables[coin]!, this.#tables[1 - coin]!];
    const discount = discountFor(e.kind, this.gamma);
    const target = doubleQLearningTarget(e.reward, discount, moving, judging, e.next * actions, actions);
    const at = e.observation * actions + e.action;
    this.move(moving, at, target, alpha);
    this.values[at] = (moving[at]! + judging[at]!) / 2;
  }

  protected override saveTables(shape: readonly number[]): Tree<Value> {
    const [first, second] = this.#tables.map((table) => new Value('float32', shape, table.slice()));
    return { first: first!, second: second! };
  }

  protected override restoreTables(tensors: Tree<Value>): void {
    const [first, second] = this.#tables;
    this.fill(first, tensors.first as Value, 'first');
    this.fill(second, tensors.second as Value, 'second');
    for (let i = 0; i < this.values.length; i++) this.values[i] = (first[i]! + second[i]!) / 2;
  }
}
