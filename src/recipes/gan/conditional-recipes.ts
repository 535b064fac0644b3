import {
  acGan,
  augmentCondition,
  byLabel,
  concatCondition,
  conditionalBatchNorm,
  embeddedNoise,
  projection,
  sequential,
  spectralNorm,
  tapped,
} from '../../models/index.ts';
import { real, whole } from '../option.ts';
import { classesOf, composedRecipe, ganRecipe } from './gan-options.ts';
import { lossOf, lossOption } from './regularisation-options.ts';

const rates = { images: { options: { 'critic-rate': 2e-4, 'generator-rate': 2e-4 } } };

/** Recipes for GANs that are asked for a class. Sample i is of class i modulo the classes. */
export const conditionalRecipes = [
  composedRecipe({
    name: 'cgan',
    summary: 'both networks get the class in addition to their input',
    paper: 'Mirza and Osindero, Conditional Generative Adversarial Nets, arXiv:1411.1784',
    options: {
      loss: lossOption('non-saturating'),
      'conditioning-augmentation': whole(
        'numbers of the augmented condition; 0 gives the class as it is',
        0,
        {
          unit: 'numbers',
          max: 1024,
        },
      ),
      'kl-weight': real('weight of the divergence of the augmented condition', 1),
    },
    presets: rates,
    parts(
      { loss, 'conditioning-augmentation': augment, 'kl-weight': weight },
      { critic, generator },
      dataset,
    ) {
      const classes = classesOf(dataset);
      const first = [concatCondition(classes)];
      const conditional = {
        loss: lossOf(loss),
        conditioning: byLabel(classes),
        critic: critic({ first }),
      };
      if (augment === 0) return { ...conditional, generator: generator({ first }) };
      return {
        ...conditional,
        generator: sequential([augmentCondition(classes, augment), generator()]),
        terms: [tapped('kl', weight)],
      };
    },
  }),
  ganRecipe({
    name: 'ac-gan',
    summary: 'a critic that also classifies, and a generator that is trained for it',
    paper: 'Odena et al., Conditional Image Synthesis with Auxiliary Classifier GANs, arXiv:1610.09585',
    options: { 'class-weight': real('weight of the classification in both losses', 1) },
    presets: rates,
    build: ({ 'class-weight': classWeight }, { critic, generator, ...settings }, dataset) => {
      const classes = classesOf(dataset);
      // Two numbers of noise times an embedding hold the classes of a ring badly; beside them they
      // are clear.
      const condition = dataset.kind === 'points' ? concatCondition(classes) : embeddedNoise(classes);
      return acGan({
        ...settings,
        classes,
        classWeight,
        critic: critic(),
        generator: generator({ first: [condition] }),
      });
    },
  }),
  composedRecipe({
    name: 'projection-gan',
    summary:
      'the class projected on the features of a spectrally normalised critic, conditional batch norm in the generator',
    paper: 'Miyato and Koyama, cGANs with Projection Discriminator, arXiv:1802.05637',
    options: { loss: lossOption('hinge') },
    // The classes come in by the generator's normalisation.
    without: ['generator-normalisation'],
    presets: {
      points: { options: { beta1: 0, beta2: 0.9, 'generator-rate': 2.5e-4 } },
      images: { options: { beta1: 0, beta2: 0.9, 'critic-rate': 4e-4, 'generator-rate': 1e-4 } },
    },
    parts({ loss }, { critic, generator }, dataset) {
      const classes = classesOf(dataset);
      return {
        loss: lossOf(loss),
        conditioning: byLabel(classes),
        critic: critic({ constraint: spectralNorm, head: projection(classes) }),
        generator: generator({ normalisation: () => conditionalBatchNorm(classes) }),
      };
    },
  }),
];
