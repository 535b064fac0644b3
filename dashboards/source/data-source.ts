/** The Prometheus that is chosen at the top of the board. */
export const chosenDataSource = { type: 'prometheus', uid: '$datasource' };
