import type { Tensor } from '@tensorflow/tfjs-core';
import { fold, keyOf, type Tree, uniforms } from '../../engine/index.ts';
import type { Network } from '../layers/network.ts';
import type { NetworkProgram } from '../system.ts';
import type { Member } from './member.ts';

/** What the networks of a role take and give, by the part of their name before `@`. */
const roles: Readonly<Record<string, readonly [takes: string, gives: string]>> = {
  critic: ['examples', 'scores'],
  encoder: ['examples', 'code'],
  viewer: ['examples', 'description'],
  reader: ['examples', 'description'],
};

/**
 * The networks of a game as programs of their own. A generator takes `noise`, or a `source` where
 * it makes images of images, and gives `samples`; a network of any other role takes `input`.
 * @param settled the network as samples are drawn from it
 */
export function networkPrograms(
  system: string,
  members: Readonly<Record<string, Member>>,
  settled: (state: Tree<Tensor>, name: string) => Network,
): Readonly<Record<string, NetworkProgram>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, networkProgram(system, name, member, settled)]),
  );
}

function networkProgram(
  system: string,
  name: string,
  { input, inputs: { condition = 0 } = {}, outputs }: Member,
  settled: (state: Tree<Tensor>, name: string) => Network,
): NetworkProgram {
  const [takes, gives] = namesOf(name, input);
  return {
    program: {
      name: `${system}/${name}`,
      run(state, given) {
        const { y } = settled(state, name)(given[takes] as Tensor, given.condition as Tensor | undefined);
        return { state, outputs: outputs?.(y) ?? { [gives]: y } };
      },
    },
    inputs(rows) {
      const key = keyOf(0, `${system}/${name}`);
      return {
        [takes]: uniforms(fold(key, takes), [rows, ...input], -1, 1),
        ...(condition > 0 && { condition: uniforms(fold(key, 'condition'), [rows, condition], 0, 1) }),
      };
    },
  };
}

function namesOf(name: string, input: readonly number[]): readonly [takes: string, gives: string] {
  const [role = ''] = name.split('@');
  if (role === 'generator') return [input.length === 1 ? 'noise' : 'source', 'samples'];
  return roles[role] ?? ['input', 'output'];
}
