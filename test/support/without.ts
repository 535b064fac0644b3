/**
 * Arguments of node for a program to which a package is missing, as where npm left out an optional
 * dependency: every import and every require of it fails.
 */
export function without(name: string): readonly string[] {
  const missing = JSON.stringify(name);
  const hooks = `
    export const resolve = (specifier, context, next) => {
      if (specifier === ${missing}) throw new Error('Cannot find package ' + specifier);
      return next(specifier, context);
    };`;
  const start = `
    import module from 'node:module';
    module.register(${JSON.stringify(dataUrl(hooks))});
    const find = module._resolveFilename;
    module._resolveFilename = (specifier, ...rest) => {
      if (specifier.split('/')[0] === ${missing}) throw new Error('Cannot find module ' + specifier);
      return find(specifier, ...rest);
    };`;
  return ['--import', dataUrl(start)];
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
