/** The most classes: a column with more of them holds measurements or texts, and is none. */
export const mostClasses = 65_536;
