import { describe, expect, it } from 'vitest';
import { type Tree, Value } from '../../../src/engine/index.ts';
import {
  acGan,
  augmentCondition,
  byLabel,
  codes,
  concatCondition,
  dense,
  drift,
  featureMatching,
  gan,
  gradientPenalty,
  hinge,
  infoGan,
  leastSquares,
  minibatchDiscrimination,
  mlpCritic,
  mlpGenerator,
  mrgan,
  nonSaturating,
  type System,
  semiSupervised,
  sequential,
  sgd,
  tapped,
  train,
  unrolled,
  vae,
  vaeGan,
  wgan,
  wganGp,
} from '../../../src/models/index.ts';
import { both, noise } from '../support.ts';

const size = { width: 6, depth: 1 };
const critic = (options = {}) => mlpCritic({ ...size, ...options });
const generator = (options = {}) => mlpGenerator({ ...size, outputs: 2, ...options });
const code = (outputs: number) => mlpGenerator({ ...size, outputs });
const optimizer = sgd({ rate: 0.1 });
const nets = {
  critic: critic(),
  generator: generator(),
  latent: 3,
  optimizers: { critic: optimizer, generator: optimizer, encoder: optimizer },
};
const conditional = { ...nets, generator: generator({ first: [concatCondition(3)] }) };
const labels = new Value(
  'int32',
  [12],
  Int32Array.from({ length: 12 }, (_, i) => i % 3),
);
const batch = { examples: noise('points', [12, 2], 3), labels };
const many = { examples: noise('many', [150, 2]), labels: Value.of(Array(150).fill(1), [150]) };
const classifier = { ...nets, critic: critic({ head: dense(3) }), labelled: many };
const info = { ...nets, codes: codes({ noise: 1, categories: 2, continuous: 2 }) };
const augmented = sequential([augmentCondition(3, 2), generator()]);
const plain = { ...nets, loss: hinge() };

/** A system without an option, with the value that its documentation says, and with another. */
const defaults: readonly (readonly [
  name: string,
  bare: () => System,
  told: () => System,
  other: () => System,
])[] = [
  [
    'wgan: clip 0.01',
    () => wgan(nets),
    () => wgan({ ...nets, clip: 0.01 }),
    () => wgan({ ...nets, clip: 0.02 }),
  ],
  [
    'wgan-gp: penalty 10',
    () => wganGp(nets),
    () => wganGp({ ...nets, penalty: 10 }),
    () => wganGp({ ...nets, penalty: 9 }),
  ],
  [
    'wgan-gp: two-sided',
    () => wganGp(nets),
    () => wganGp({ ...nets, sided: 'two' }),
    () => wganGp({ ...nets, sided: 'one' }),
  ],
  [
    'gradientPenalty: 10, two-sided',
    () => gan({ ...plain, penalties: [gradientPenalty()] }),
    () => gan({ ...plain, penalties: [gradientPenalty(10, { sided: 'two' })] }),
    () => gan({ ...plain, penalties: [gradientPenalty(10, { sided: 'one' })] }),
  ],
  [
    'drift: 0.001',
    () => gan({ ...plain, penalties: [drift()] }),
    () => gan({ ...plain, penalties: [drift(0.001)] }),
    () => gan({ ...plain, penalties: [drift(0.01)] }),
  ],
  [
    'featureMatching: 1',
    () => gan({ ...plain, terms: [featureMatching()] }),
    () => gan({ ...plain, terms: [featureMatching(1)] }),
    () => gan({ ...plain, terms: [featureMatching(2)] }),
  ],
  [
    'unrolled: 5 steps',
    () => gan({ ...plain, terms: [unrolled({ loss: hinge(), rate: 0.1 })] }),
    () => gan({ ...plain, terms: [unrolled({ loss: hinge(), rate: 0.1, steps: 5 })] }),
    () => gan({ ...plain, terms: [unrolled({ loss: hinge(), rate: 0.1, steps: 4 })] }),
  ],
  [
    'minibatchDiscrimination: 5 rows of 3',
    () => gan({ ...plain, critic: critic({ last: [minibatchDiscrimination()] }) }),
    () => gan({ ...plain, critic: critic({ last: [minibatchDiscrimination({ rows: 5, columns: 3 })] }) }),
    () => gan({ ...plain, critic: critic({ last: [minibatchDiscrimination({ rows: 3, columns: 5 })] }) }),
  ],
  [
    'non-saturating: no smoothing',
    () => gan({ ...nets, loss: nonSaturating() }),
    () => gan({ ...nets, loss: nonSaturating({ smoothing: 0 }) }),
    () => gan({ ...nets, loss: nonSaturating({ smoothing: 0.1 }) }),
  ],
  [
    'least squares: 1, 0 and 1',
    () => gan({ ...nets, loss: leastSquares() }),
    () => gan({ ...nets, loss: leastSquares({ real: 1, fake: 0, wanted: 1 }) }),
    () => gan({ ...nets, loss: leastSquares({ real: 1, fake: 0, wanted: 0.5 }) }),
  ],
  [
    'gan: no packing',
    () => gan(plain),
    () => gan({ ...plain, packing: 1 }),
    () => gan({ ...plain, packing: 2 }),
  ],
  [
    'ac-gan: classWeight 1',
    () => acGan({ ...conditional, classes: 3 }),
    () => acGan({ ...conditional, classes: 3, classWeight: 1 }),
    () => acGan({ ...conditional, classes: 3, classWeight: 0.5 }),
  ],
  [
    'ac-gan: the loss that does not saturate',
    () => acGan({ ...conditional, classes: 3 }),
    () => acGan({ ...conditional, classes: 3, loss: nonSaturating() }),
    () => acGan({ ...conditional, classes: 3, loss: hinge() }),
  ],
  [
    'info-gan: weights 1 and 0.1',
    () => infoGan(info),
    () => infoGan({ ...info, information: { weight: 1, continuous: 0.1 } }),
    () => infoGan({ ...info, information: { weight: 1, continuous: 1 } }),
  ],
  [
    'mrgan: geometric 0.2 and mode 0.4',
    () => mrgan({ ...nets, encoder: code(3) }),
    () => mrgan({ ...nets, encoder: code(3), geometric: 0.2, mode: 0.4 }),
    () => mrgan({ ...nets, encoder: code(3), geometric: 0.4, mode: 0.2 }),
  ],
  [
    'vae: deviation 1',
    () => vae({ ...nets, optimizer, encoder: code(6) }),
    () => vae({ ...nets, optimizer, encoder: code(6), deviation: 1 }),
    () => vae({ ...nets, optimizer, encoder: code(6), deviation: 0.5 }),
  ],
  [
    'vae-gan: likeness 0.01',
    () => vaeGan({ ...nets, encoder: code(6) }),
    () => vaeGan({ ...nets, encoder: code(6), likeness: 0.01 }),
    () => vaeGan({ ...nets, encoder: code(6), likeness: 0.1 }),
  ],
  [
    'semi-supervised: 100 labelled examples',
    () => semiSupervised(classifier),
    () => semiSupervised({ ...classifier, labelledSize: 100 }),
    () => semiSupervised({ ...classifier, labelledSize: 99 }),
  ],
  [
    'semi-supervised: no noise on examples, weight 1 of those without labels',
    () => semiSupervised(classifier),
    () => semiSupervised({ ...classifier, blur: 0, unlabelledWeight: 1 }),
    () => semiSupervised({ ...classifier, blur: 0.1, unlabelledWeight: 1 }),
  ],
  [
    'conditioning augmentation: a cost only where it is asked for',
    () => gan({ ...plain, generator: augmented, conditioning: byLabel(3) }),
    () => gan({ ...plain, generator: augmented, conditioning: byLabel(3), terms: [tapped('kl', 0)] }),
    () => gan({ ...plain, generator: augmented, conditioning: byLabel(3), terms: [tapped('kl', 1)] }),
  ],
];

/** All that a system has learned after a step of each player. */
function learned(system: System): Tree<Value> {
  const trainer = train(system, both.cpu, { seed: 6 });
  for (const player of system.players) trainer.step({ index: trainer.index, player, batch });
  const { tensors } = trainer.save();
  trainer.close();
  return tensors;
}

describe('an option that is left out', () => {
  it.each(defaults)('%s', (_, bare, told, other) => {
    const found = learned(bare());
    expect(found).toEqual(learned(told()));
    expect(found).not.toEqual(learned(other()));
  });
});
