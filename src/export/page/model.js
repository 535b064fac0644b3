import { bytesOf, floatsOf, unpacked } from './bytes.js';

/** @typedef {Record<string, { data: Float32Array | Int32Array, shape: number[] }>} Feeds */

/** The model of the page in onnxruntime, on this thread: pages from files have no other. */
export async function openModel() {
  const { loader, wasm } = weirRuntime;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  // A page from a file may import nothing but what it holds itself.
  const script = new Blob([bytesOf(loader)], { type: 'text/javascript' });
  ort.env.wasm.wasmPaths = { mjs: URL.createObjectURL(script) };
  ort.env.wasm.wasmBinary = await unpacked(bytesOf(wasm));
  const session = await ort.InferenceSession.create(bytesOf(weirModel.onnx), {
    executionProviders: ['wasm'],
  });
  const types = new Map(weirModel.inputs.map(({ name, dtype }) => [name, dtype]));
  /** @type {Promise<unknown>} One run at a time. */
  let last = Promise.resolve();
  /** @param {Feeds} inputs */
  const run = (inputs) => {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => [
        name,
        new ort.Tensor(types.get(name) ?? 'float32', data, shape),
      ]),
    );
    const result = last.then(() => session.run(feeds));
    last = result.catch(() => {});
    return result;
  };
  return run;
}

/** The inputs of the page: rows to begin with. */
export class Bank {
  /** @type {Map<string, Float32Array | Int32Array>} */
  #rows = new Map();

  constructor() {
    for (const { name, dtype, bank } of weirModel.inputs) {
      const { buffer } = bytesOf(bank);
      this.#rows.set(name, dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer));
    }
  }

  /** @param {PageInput} input @param {number} row */
  row({ name, shape }, row) {
    const width = shape.reduce((a, b) => a * b, 1);
    const at = row % weirModel.rows;
    const rows = /** @type {Float32Array} */ (this.#rows.get(name));
    return rows.subarray(at * width, (at + 1) * width);
  }
}

/**
 * Rows of every input as one batch.
 * @param {readonly Record<string, ArrayLike<number>>[]} rows
 * @returns {Feeds}
 */
export function batchOf(rows) {
  return Object.fromEntries(
    weirModel.inputs.map(({ name, dtype, shape }) => {
      const width = shape.reduce((a, b) => a * b, 1);
      const data =
        dtype === 'int32' ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width);
      rows.forEach((row, i) => {
        data.set(/** @type {ArrayLike<number>} */ (row[name]), i * width);
      });
      return [name, { data, shape: [rows.length, ...shape] }];
    }),
  );
}

/**
 * How far the model is from the engine that trained it, over the first rows.
 * @param {(inputs: Feeds) => Promise<Record<string, OrtTensor>>} run
 * @param {Bank} bank
 */
export async function differenceFrom(run, bank) {
  const { rows, numbers } = weirModel.expected;
  const first = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(weirModel.inputs.map((input) => [input.name, bank.row(input, row)])),
  );
  const outputs = await run(batchOf(first));
  const got = /** @type {OrtTensor} */ (outputs[weirModel.output.name]).data;
  return floatsOf(numbers).reduce(
    (largest, number, i) =>
      Math.max(
        largest,
        Math.abs(number - (got[i] ?? Number.POSITIVE_INFINITY)) / Math.max(1, Math.abs(number)),
      ),
    0,
  );
}
