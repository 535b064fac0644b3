/** Values of the options of updates by which the others of them have an effect. */
export const updateBase = { 'rate-schedule': 'step', 'decay-from': 1, 'decay-to': 3, average: 0.9 };

/** Other values of them. */
export const otherUpdates = {
  'rate-schedule': 'cosine',
  'decay-from': 2,
  'decay-to': 2,
  'decay-factor': 0.5,
  'warm-up': 3,
  'max-grad-norm': 1e-4,
  accumulate: 2,
  'average-warm-up': 'yes',
};
