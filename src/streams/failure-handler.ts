import { warnProcess } from '../base/index.ts';
import { functionOption } from './options.ts';

/** Tells errors of side streams to a function that may fail itself; then the process is warned. @throws TypeError when it is no function */
export function failureHandler(onFailure: (error: unknown) => void): (error: unknown) => void {
  functionOption('onFailure', onFailure);
  return (error) => {
    try {
      onFailure(error);
    } catch (second) {
      warnProcess(`a side stream failed: ${error} (and onFailure failed: ${second})`);
    }
  };
}
