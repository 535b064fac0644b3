import { convGan, dqn, toyGan, type Workload } from './engine-programs.ts';
import { lastLevel, residualNetworks, secondStage } from './engine-systems.ts';

/** The workloads of the engine's benchmark, by the number that the peers know them by. */
export const workloads: Readonly<Record<string, () => Workload>> = {
  1: () => toyGan(512, 256),
  2: () => toyGan(64, 64),
  3: () => convGan('dcgan 32x32, hinge, spectral norm', 'hinge', 64, { channels: 64, spectralNorm: true }),
  4: () => convGan('dcgan 32x32, gradient penalty, layer norm', 'gp', 64, { channels: 64, layerNorm: true }),
  5: () =>
    convGan('dcgan 32x32, hinge, spectral norm, attention', 'hinge', 64, {
      channels: 64,
      spectralNorm: true,
      attention: true,
    }),
  6: () => dqn(256, 128),
  7: lastLevel,
  8: secondStage,
  9: residualNetworks,
};
