import type { Session, Tree, Value } from '../../engine/index.ts';
import type { ProgramCall } from './method.ts';

/**
 * Runs what a generator asks for, one after the other, and answers it with the outputs. It comes at
 * once where the engine answers at once; from the first promise on, it comes as a promise.
 */
export function runAll<T>(
  works: Generator<ProgramCall, T, Tree<Value>>,
  session: Pick<Session, 'run'>,
): T | Promise<T> {
  let asked = works.next();
  while (!asked.done) {
    const { program, inputs } = asked.value;
    const outputs = session.run(program, inputs);
    if (outputs instanceof Promise) return outputs.then((first) => runLater(works, session, first));
    asked = works.next(outputs);
  }
  return asked.value;
}

async function runLater<T>(
  works: Generator<ProgramCall, T, Tree<Value>>,
  session: Pick<Session, 'run'>,
  first: Tree<Value>,
): Promise<T> {
  let asked = works.next(first);
  while (!asked.done) asked = works.next(await session.run(asked.value.program, asked.value.inputs));
  return asked.value;
}
