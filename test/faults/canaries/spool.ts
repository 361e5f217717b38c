import type { Canary } from "./canary.ts";

const loss = { only: ["loses power"], events: 600, faults: 4, caughtBy: "kept" } as const;

export const answerBeforeSync: Canary = {
  ...loss,
  name: "answering before the spool's file is synced",
  what: "A loss of power tears files whose events were acknowledged.",
  patches: [{ file: "apps/ingest/src/spool/write.ts", search: "      await file.sync();\n", replace: "" }],
};

export const answerBeforeFolderSync: Canary = {
  ...loss,
  name: "answering before the spool's folder is synced",
  what: "A loss of power takes the names of files whose events were acknowledged.",
  patches: [
    {
      file: "apps/ingest/src/spool/write.ts",
      search: "    await fs.syncFolder(folder);\n",
      replace: "",
    },
  ],
};

export const removeBeforeSynced: Canary = {
  name: "removing a spool file before its entry is synced",
  what: "Where Redis syncs every second, its loss of power takes what was just drained; the file is gone, too.",
  caughtBy: "kept",
  only: ["redis loses its last second"],
  events: 600,
  faults: 2,
  durability: "second",
  patches: [
    {
      file: "apps/ingest/src/spool/drain.ts",
      search: "if (isSynced || (wasSettling && !isNew)) await remove(file);",
      replace: "if (isSynced || !wasSettling || !isNew) await remove(file);",
    },
  ],
};
