/**
 * Writes down what was handled and when: a line `<event id> <ms since 1970>` each. The same for every contestant, so
 * that its cost is the same for all.
 */
import { appendFile } from "node:fs";

const EVERY_MS = 100;

/** @param {string} file @returns {(eventId: string | undefined) => void} */
export function recordTo(file) {
  let lines = "";
  let isWriting = false;
  setInterval(() => {
    if (lines === "" || isWriting) return;
    isWriting = true;
    const text = lines;
    lines = "";
    appendFile(file, text, (error) => {
      isWriting = false;
      if (error) throw error;
    });
  }, EVERY_MS).unref();
  return (eventId) => {
    lines += `${eventId} ${(performance.timeOrigin + performance.now()).toFixed(3)}\n`;
  };
}
