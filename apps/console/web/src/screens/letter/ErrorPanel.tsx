import { useTranslation } from "react-i18next";
import type { RecordedError } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ErrorLines } from "../events/ErrorLines.tsx";

/** What ended it. */
export function ErrorPanel({ error }: { readonly error: RecordedError }) {
  const { t } = useTranslation("letter");
  return (
    <Panel title={t("error.title")}>
      <ErrorLines error={error} />
    </Panel>
  );
}
