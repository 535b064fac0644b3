import { onTestFinished } from 'vitest';

/** Sets variables of the environment until the test is over. */
export function environment(variables: Readonly<Record<string, string>>): void {
  const names = [
    ...Object.keys(variables),
    ...Object.keys(process.env).filter((name) => name.startsWith('OTEL_')),
  ];
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  for (const name of names) delete process.env[name];
  Object.assign(process.env, variables);
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
    for (const [name, value] of Object.entries(before)) if (value !== undefined) process.env[name] = value;
  });
}
