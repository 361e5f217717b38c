/** BullMQ's delayed set orders by time and, in the lower 12 bits, by a counter. */
export const SCORES_PER_MS = 0x1000;
