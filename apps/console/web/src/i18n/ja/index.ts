import { audit } from "./audit.ts";
import { backfill } from "./backfill.ts";
import { common } from "./common.ts";
import { dead } from "./dead.ts";
import { discarded } from "./discarded.ts";
import { erase } from "./erase.ts";
import { errors } from "./errors.ts";
import { events } from "./events.ts";
import { letter } from "./letter.ts";
import { nav } from "./nav.ts";
import { overview } from "./overview.ts";
import { processors } from "./processors.ts";
import { runs } from "./runs.ts";
import { workers } from "./workers.ts";

export const ja = {
  audit,
  backfill,
  common,
  dead,
  discarded,
  erase,
  errors,
  events,
  letter,
  nav,
  overview,
  processors,
  runs,
  workers,
};
