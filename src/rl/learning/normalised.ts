/**
 * The numbers less their mean, over their standard deviation (+ 1e-8): what PPO does to the
 * advantages of a minibatch.
 */
export function normalised(numbers: Float32Array): Float32Array {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, numbers.length - 1)) + 1e-8;
  return numbers.map((number) => (number - mean) / deviation);
}
