import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure.tsx";
import classes from "../runs/Plan.module.css";
import type { EditCheck } from "./use-edit-check.ts";

/** What the check of an edited body says. A misfit does not forbid anything. */
export function CheckResult({ check }: { readonly check: EditCheck }) {
  const { t } = useTranslation("letter");
  if (check.state === "failed") return <Failure error={check.error} />;
  return (
    <div role="status">
      {check.state === "unchanged" || check.state === "checking" ? (
        <Text size="sm" c="dimmed">
          {t(`edit.${check.state}`)}
        </Text>
      ) : check.state === "ok" ? (
        <Text size="sm" c="var(--misskeep-good)">
          {t("edit.ok")}
        </Text>
      ) : check.state === "no-json" ? (
        <Text size="sm" c="var(--misskeep-bad)" className="hostile-line">
          {t("edit.notJson", { message: check.message })}
        </Text>
      ) : (
        <Alert color="yellow" title={t("edit.mismatches")}>
          <ul className={classes["warnings"]}>
            {check.mismatches.map(({ path, message }) => (
              <li key={`${path} ${message}`} className="hostile-line">
                <span className="mono">{path}</span>: {message}
              </li>
            ))}
          </ul>
          <Text size="sm" mt="xs">
            {t("edit.anyway")}
          </Text>
        </Alert>
      )}
    </div>
  );
}
