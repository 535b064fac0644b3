import { warnProcess } from '../base/index.ts';
import { functionOption } from './options.ts';

/**
 * Passes errors of side streams to a function; an error of that function becomes a process warning.
 * @throws TypeError when it is no function
 */
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
