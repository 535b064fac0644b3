/** Options that may be absent, but not `undefined`. */
type Given<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The options that have a value. */
export function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}
