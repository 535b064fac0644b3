import type { Environment } from './environment.ts';
import { makeEnvironment, type Outcome } from './make-environment.ts';
import { taxiScene } from './scenes.ts';
import { discrete } from './specs.ts';
import { type Fare, fareNumber, fareOf, stands, walls } from './taxi-map.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface TaxiOptions {
  /** Steps after which an episode is cut off; 200 by default. */
  readonly limit?: number;
}

const side = 5;
const inTaxi = 4;

/**
 * Gymnasium's Taxi-v4 (dry, and with a passenger who does not change his mind, as registered):
 * fetch the passenger, bring him to his destination. Actions 0 south, 1 north, 2 east, 3 west, 4
 * pick up, 5 drop off; reward -1, -10 for a pick-up or drop-off that is not possible, 20 at the
 * destination, which ends the episode; 200 steps at most. 500 observations. Dietterich,
 * "Hierarchical Reinforcement Learning with the MAXQ Value Function Decomposition", JAIR 13 (2000);
 * Farama-Foundation/Gymnasium, taxi.py.
 */
export function taxi({ limit = 200 }: TaxiOptions = {}): Environment<number, number> {
  const dynamics = makeEnvironment<{ state: number; observation: number; action: number }>({
    name: 'Taxi-v4',
    observation: discrete(500),
    action: discrete(6),
    start: (draws) => {
      const [row, column, passenger] = [draws.integer(side), draws.integer(side), draws.integer(4)];
      const destination = (passenger + 1 + draws.integer(3)) % 4;
      return fareNumber({ row, column, passenger, destination });
    },
    move: (number, action) => {
      const { fare, reward = -1, terminated = false } = act(fareOf(number), action);
      return { state: fareNumber(fare), reward, terminated };
    },
    observe: (number) => number,
    scene: taxiScene,
  });
  return timeLimit(dynamics, limit);
}

type Act = Partial<Omit<Outcome<number>, 'state'>> & { readonly fare: Fare };

function act(fare: Fare, action: number): Act {
  const { row, column, passenger, destination } = fare;
  const stand = stands.findIndex(([r, c]) => r === row && c === column);
  switch (action) {
    case 0:
      return { fare: { ...fare, row: Math.min(row + 1, side - 1) } };
    case 1:
      return { fare: { ...fare, row: Math.max(row - 1, 0) } };
    case 2:
      return { fare: column === side - 1 || walls[row]![column] ? fare : { ...fare, column: column + 1 } };
    case 3:
      return { fare: column === 0 || walls[row]![column - 1] ? fare : { ...fare, column: column - 1 } };
    case 4:
      return passenger === stand ? { fare: { ...fare, passenger: inTaxi } } : { fare, reward: -10 };
    default:
      if (passenger !== inTaxi || stand < 0) return { fare, reward: -10 };
      return stand === destination
        ? { fare: { ...fare, passenger: stand }, reward: 20, terminated: true }
        : { fare: { ...fare, passenger: stand } };
  }
}
