import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tree } from '../../engine/index.ts';
import type { LayerOutput, Network, NetworkCall } from './network.ts';

/**
 * A network made of others: `apply` calls them by name. Frozen and settled calls of the whole are
 * such calls of its parts, and its weights and buffers are theirs, a branch for each.
 */
export function joined<Name extends string>(
  networks: Readonly<Record<Name, Network>>,
  apply: (calls: Readonly<Record<Name, NetworkCall>>, x: Tensor, condition?: Tensor) => LayerOutput,
): Network {
  const each = <To>(change: (network: Network, name: Name) => To) =>
    Object.fromEntries(
      (Object.keys(networks) as Name[]).map((name) => [name, change(networks[name], name)]),
    ) as Record<Name, To>;
  const through = (pick: (network: Network) => NetworkCall): NetworkCall => {
    const calls = each(pick);
    return (x, condition) => apply(calls, x, condition);
  };
  return Object.assign(
    through((network) => network),
    {
      frozen: through(({ frozen }) => frozen),
      settled: through(({ settled }) => settled),
      weights: each(({ weights }) => weights),
      with: (weights: Tree<Tensor>) =>
        joined(
          each((network, name) => network.with(weights[name] as Tree<Tensor>)),
          apply,
        ),
      buffers: () => each((network) => network.buffers()),
    },
  );
}

/**
 * A network behind a change of its inputs, such as a source picture beside them, or of its outputs.
 * Its weights and buffers are those of the network.
 */
export function adapted(
  network: Network,
  apply: (call: NetworkCall, x: Tensor, condition?: Tensor) => LayerOutput,
): Network {
  const over =
    (call: NetworkCall): NetworkCall =>
    (x, condition) =>
      apply(call, x, condition);
  return Object.assign(over(network), {
    frozen: over(network.frozen),
    settled: over(network.settled),
    weights: network.weights,
    with: (weights: Tree<Tensor>) => adapted(network.with(weights), apply),
    buffers: () => network.buffers(),
  });
}
