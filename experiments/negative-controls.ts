// Trains critics under the constraints that "Improved Training of Wasserstein GANs"
// (https://arxiv.org/abs/1704.00028, section 3) says fail like clipping: clipped L2 norms and
// weight decay, in the setting of figure 1(b). Each is an optimiser.
//   npm run experiment negative-controls [steps]
import { pathToFileURL } from 'node:url';
import { openEngine } from 'weir-streams/engine';
import { normClipping, rmsprop, weightDecay } from 'weir-streams/models';
import { type Constraint, study } from './gradient-norms.ts';

const plain = () => rmsprop({ rate: 5e-5 });

/** What else was tried to keep a critic Lipschitz. */
export const controls: readonly Constraint[] = [
  { name: 'norm of each kernel clipped at 1', optimizer: normClipping(plain(), 1) },
  { name: 'norm of each kernel clipped at 10', optimizer: normClipping(plain(), 10) },
  { name: 'L2 decay 0.01', optimizer: weightDecay(plain(), { l2: 0.01 }) },
  { name: 'L1 decay 0.001', optimizer: weightDecay(plain(), { l1: 0.001 }) },
];

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const steps = Number(process.argv[2] ?? 1_500);
  const { engine } = await openEngine('auto');
  console.log('| critic | log10 norm at layer 1 | at layer 12 | decades a layer towards the input |');
  console.log('|---|---|---|---|');
  for (const constraint of controls) {
    const { name, log10, slope } = await study(constraint, engine, steps, 1);
    console.log(`| ${name} | ${log10[0]!.toFixed(2)} | ${log10.at(-1)!.toFixed(2)} | ${slope.toFixed(2)} |`);
  }
}
