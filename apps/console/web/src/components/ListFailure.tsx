import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { toApiError } from "../api/api-error.ts";
import { Failure } from "./Failure.tsx";
import { useUrlState } from "./use-url-state.ts";

interface ListFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

const LOST_PLACES: ReadonlySet<string> = new Set(["INVALID_CURSOR", "INVALID_EVENT_ID"]);

/** Why a list cannot be shown. A place in it that is no longer valid leads to its first page. */
export function ListFailure({ error, onRetry }: ListFailureProps) {
  const { t } = useTranslation("common");
  const url = useUrlState();
  if (!LOST_PLACES.has(toApiError(error).code) || url.cursor === undefined)
    return <Failure error={error} onRetry={onRetry} />;
  return (
    <Stack gap="xs" align="flex-start">
      <Failure error={error} />
      <Button size="xs" onClick={() => url.set({}, { replace: true })}>
        {t("firstPage")}
      </Button>
    </Stack>
  );
}
