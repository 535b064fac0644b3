import type { ConstantTensor, ModelBuilder, Operation, Port } from '../emit/model.ts';
import { ProgramNotCompilableError } from '../errors.ts';

/** A model that was written for one number of rows. */
export interface Draft {
  readonly rows: number;
  readonly model: ModelBuilder;
}

/** The name of the dimension that a user chooses. */
export const batchName = 'batch';

/** (factor * rows + constant) / divisor, in whole numbers. */
interface Line {
  readonly factor: number;
  readonly constant: number;
  readonly divisor: number;
}

/** The models differ by more than their sizes: at one of the numbers of rows, sizes coincide. */
export class DraftsDifferError extends Error {}

/**
 * Makes the first model one for any number of rows, from what it has in common with the others: it
 * is the same program at other numbers of rows, so operators and weights agree, and each size that
 * differs is a line through the number of rows, which the model computes from its first input.
 * @throws DraftsDifferError where the operators differ; ProgramNotCompilableError where a number
 * depends on the rows in another way
 */
export function forAnyBatch(program: string, drafts: readonly Draft[]): ModelBuilder {
  const { model } = drafts[0]!;
  requireSameOperations(program, drafts);
  const sizes = model.constants.map((constant, i) => linesOf(program, constant, i, drafts));
  const inputs = portsOf(drafts, (draft) => draft.inputs);
  const outputs = portsOf(drafts, (draft) => draft.outputs);
  const source = inputs.find(({ shape }) => shape[0] === batchName);
  if (source === undefined)
    throw new ProgramNotCompilableError(
      `${program}: expected an input with a row for each example, got none`,
    );
  const before: Operation[] = [];
  const added: ConstantTensor[] = [];
  const reshaped = new Set(
    model.operations.filter(({ operator }) => operator === 'Reshape').map(({ inputs }) => inputs[1]!),
  );
  const kept = model.constants.flatMap((constant, i): ConstantTensor[] => {
    const lines = sizes[i];
    if (lines === undefined) return [constant];
    const varying = lines.filter(({ factor }) => factor !== 0);
    // A reshape finds one size by itself.
    if (reshaped.has(constant.name) && varying.length === 1) {
      const found = lines.map((line) => (line.factor === 0 ? line.constant : -1));
      return [{ ...constant, bytes: wholeBytes(found) }];
    }
    compute(constant.name, lines);
    return [];
  });

  /** Writes the vector of lines as a tensor of that name. */
  function compute(name: string, lines: readonly Line[]): void {
    const vector = (numbers: readonly number[]) => {
      const made = model.fresh();
      added.push({ name: made, type: 'int64', shape: [numbers.length], bytes: wholeBytes(numbers) });
      return made;
    };
    const steps: [operator: string, numbers: readonly number[]][] = [
      ['Mul', lines.map(({ factor }) => factor)],
      ['Add', lines.map(({ constant }) => constant)],
      ['Div', lines.map(({ divisor }) => divisor)],
    ];
    const needed = steps.filter(
      ([operator, numbers]) =>
        operator === 'Mul' || numbers.some((number) => number !== (operator === 'Add' ? 0 : 1)),
    );
    let made = batchName;
    needed.forEach(([operator, numbers], i) => {
      const result = i === needed.length - 1 ? name : model.fresh();
      before.push({ operator, inputs: [made, vector(numbers)], outputs: [result], attributes: {} });
      made = result;
    });
  }

  if (before.length > 0)
    before.unshift({
      operator: 'Shape',
      inputs: [source.name],
      outputs: [batchName],
      attributes: { start: { int: 0 }, end: { int: 1 } },
    });
  model.operations.unshift(...before);
  model.constants.splice(0, model.constants.length, ...kept, ...added);
  model.inputs.splice(0, model.inputs.length, ...inputs);
  model.outputs.splice(0, model.outputs.length, ...outputs);
  return model;
}

function requireSameOperations(program: string, drafts: readonly Draft[]): void {
  const form = ({ model }: Draft) => model.operations.map((operation) => JSON.stringify(operation));
  const [first, ...others] = drafts.map(form);
  for (const other of others) {
    const at = first!.findIndex((line, i) => line !== other[i]);
    if (at >= 0 || other.length !== first!.length)
      throw new DraftsDifferError(
        `${program}: its graph depends on the number of rows: ${first![at]} became ${other[at]}`,
      );
  }
}

/** The lines of a constant that differs between drafts; undefined where it does not. */
function linesOf(
  program: string,
  constant: ConstantTensor,
  i: number,
  drafts: readonly Draft[],
): readonly Line[] | undefined {
  const versions = drafts.map(({ model }) => model.constants[i]!);
  if (versions.every((other) => sameConstant(constant, other))) return undefined;
  const { type, shape } = constant;
  if (type !== 'int64' || versions.some((other) => other.type !== type || `${other.shape}` !== `${shape}`))
    throw new ProgramNotCompilableError(
      `${program}: expected rows that do not depend on how many there are, got a program that computes with ` +
        `the number of rows (${numbersIn(versions[0]!)} at ${drafts[0]!.rows} rows)`,
    );
  const numbers = versions.map(numbersIn);
  return numbers[0]!.map((_, at) =>
    lineThrough(
      program,
      drafts.map(({ rows }, which) => [rows, numbers[which]![at]!] as const),
    ),
  );
}

function sameConstant(a: ConstantTensor, b: ConstantTensor): boolean {
  return (
    a.bytes === b.bytes ||
    (a.type === b.type && `${a.shape}` === `${b.shape}` && Buffer.compare(a.bytes, b.bytes) === 0)
  );
}

function lineThrough(program: string, points: readonly (readonly [rows: number, value: number])[]): Line {
  const [[rows, value], [others, other]] = points as [readonly [number, number], readonly [number, number]];
  const [rise, run] = [other - value, others - rows];
  const common = divisorOf(Math.abs(rise), Math.abs(run));
  const [factor, divisor] = [rise / common, run / common];
  const constant = value * divisor - factor * rows;
  if (points.every(([at, found]) => factor * at + constant === found * divisor))
    return { factor, constant, divisor };
  throw new ProgramNotCompilableError(
    `${program}: expected sizes that grow with the number of rows in a straight line, got ${points.map(([at, found]) => `${found} at ${at}`).join(', ')}`,
  );
}

/** The largest number that divides both. */
function divisorOf(a: number, b: number): number {
  return b === 0 ? a || 1 : divisorOf(b, a % b);
}

function portsOf(drafts: readonly Draft[], of: (model: ModelBuilder) => readonly Port[]): Port[] {
  return of(drafts[0]!.model).map((port, i) => ({
    ...port,
    shape: port.shape.map((size, axis) => {
      const sizes = drafts.map(({ model }) => of(model)[i]!.shape[axis]);
      if (sizes.every((other) => other === size)) return size;
      return sizes.every((other, which) => other === drafts[which]!.rows)
        ? batchName
        : `${port.name}_${axis}`;
    }),
  }));
}

function numbersIn({ type, bytes }: ConstantTensor): number[] {
  const { buffer } = bytes.slice();
  if (type === 'int64') return Array.from(new BigInt64Array(buffer), Number);
  return [...(type === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer))];
}

function wholeBytes(numbers: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer);
}
