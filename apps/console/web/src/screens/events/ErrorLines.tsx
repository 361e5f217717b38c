import { useTranslation } from "react-i18next";
import type { RecordedError } from "../../api/types.ts";
import classes from "./EventTimeline.module.css";
import { stackOf } from "./timeline.ts";

/** An error's name, code and message; its stack folded. */
export function ErrorLines({ error }: { readonly error: RecordedError }) {
  const { t } = useTranslation("events");
  const stack = stackOf(error);
  const code = error.code === undefined ? "" : ` (${error.code})`;
  return (
    <>
      <div className={`${classes["error"] ?? ""} hostile`}>{`${error.name}${code}: ${error.message}`}</div>
      {stack === null ? null : (
        <details className={classes["stack"]}>
          <summary>{t("processors.stack")}</summary>
          <pre tabIndex={0}>{stack}</pre>
        </details>
      )}
    </>
  );
}
