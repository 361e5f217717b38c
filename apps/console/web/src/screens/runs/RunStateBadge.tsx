import { useTranslation } from "react-i18next";
import type { RunState } from "../../api/types.ts";
import { StateBadge, type Tone } from "../../components/StateBadge.tsx";

const tones: Readonly<Record<RunState, Tone>> = {
  running: "busy",
  trying: "busy",
  paused: "warn",
  stopped: "bad",
  cancelled: "calm",
  done: "good",
};

export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useTranslation("runs");
  return <StateBadge tone={tones[state]}>{t(`state.${state}`)}</StateBadge>;
}
