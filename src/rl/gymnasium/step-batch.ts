import { operations, type PythonProcess } from './python-process.ts';

/** What a step led to: `end` is 0, 1 for a termination, 2 for a truncation. */
export interface SteppedRow {
  readonly reward: number;
  readonly end: number;
  readonly observation: readonly number[];
}

interface Waiting {
  readonly environment: number;
  readonly action: number | readonly number[];
  readonly take: (row: SteppedRow) => void;
}

/** Steps of several environments that go to their process in one request. */
export class StepBatch {
  readonly #process: PythonProcess;
  #waiting: Waiting[] = [];

  constructor(process: PythonProcess) {
    this.#process = process;
  }

  /** Adds a step; `take` gets what it leads to. */
  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** Takes all steps that were added. @throws as `PythonProcess.call` does */
  send(): void {
    const waiting = this.#waiting;
    const count = waiting.length;
    this.#waiting = [];
    const answer = this.#process.call(operations.step, requestOf(waiting));
    const rows = 12 * count;
    const size = (answer.length - rows) / 4 / count;
    waiting.forEach(({ take }, i) => {
      const observation = float32sAt(answer, rows + 4 * size * i, size);
      take({ reward: answer.readDoubleLE(8 * i), end: answer.readUInt32LE(8 * count + 4 * i), observation });
    });
  }
}

function requestOf(waiting: readonly Waiting[]): Buffer {
  const count = waiting.length;
  const first = waiting[0]!.action;
  const numbers = typeof first === 'number' ? 1 : first.length;
  const request = Buffer.alloc(4 + 4 * count + 4 * count * numbers);
  request.writeUInt32LE(count, 0);
  let at = 4 + 4 * count;
  waiting.forEach(({ environment, action }, i) => {
    request.writeUInt32LE(environment, 4 + 4 * i);
    if (typeof action === 'number') at = request.writeInt32LE(action, at);
    else for (const number of action) at = request.writeFloatLE(number, at);
  });
  return request;
}

/** The float32 numbers at a place of a buffer. */
export function float32sAt(buffer: Buffer, at: number, count: number): readonly number[] {
  const numbers = new Array<number>(count);
  for (let i = 0; i < count; i++) numbers[i] = buffer.readFloatLE(at + 4 * i);
  return numbers;
}
