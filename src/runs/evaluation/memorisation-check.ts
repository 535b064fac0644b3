import { withCleanup } from '../../base/index.ts';
import { type Dataset, plainData } from '../../data/index.ts';
import { type Engine, keyOf, permutation, type Value } from '../../engine/index.ts';
import { enginePairwise, type Features, type Memorisation, memorisation } from '../../evaluation/index.ts';

/** The most examples of each part. */
const most = 10_000;

/** What is compared. */
export interface MemorisationCheck {
  /** [count, ...shape] */
  readonly samples: Value;
  /** What the generator has learned from. */
  readonly training: Dataset;
  /** What it has not seen: the test part. */
  readonly heldOut: Dataset;
  readonly features: Features;
  readonly engine: Engine;
}

/**
 * Whether samples lie nearer to training examples than to held-out ones, by their features: as many
 * of both, at most 10,000, of a fixed random order.
 */
export async function memorisationCheck(
  check: MemorisationCheck,
): Promise<Memorisation & { readonly examples: number }> {
  const { samples, training, heldOut, features, engine } = check;
  const examples = Math.min(most, training.size, heldOut.size);
  const seen = async (dataset: Dataset) => {
    const among = dataset.size === Infinity ? 10 * most : dataset.size;
    const order = permutation(keyOf(0, 'memorisation'), among).subarray(0, examples);
    return (await features.see(plainData(dataset).read(order).examples)).features;
  };
  const pairwise = enginePairwise(engine);
  return withCleanup(
    async () => {
      const generated = (await features.see(samples)).features;
      return {
        examples,
        ...(await memorisation(generated, await seen(training), await seen(heldOut), { pairwise })),
      };
    },
    () => pairwise.close(),
  );
}
