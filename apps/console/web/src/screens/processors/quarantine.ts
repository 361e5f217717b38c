/** The processor that is built in: it takes what cannot be dispatched, and ends it as a dead letter. */
export const QUARANTINE = "quarantine";
