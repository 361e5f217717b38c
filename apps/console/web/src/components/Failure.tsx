import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { toApiError } from "../api/api-error.ts";
import { en } from "../i18n/en/index.ts";

interface FailureProps {
  readonly error: unknown;
  /** Offers to try again. */
  readonly onRetry?: () => void;
}

type KnownCode = keyof typeof en.errors.known;

/** What went wrong, in the server's words, with what to do about it; shown where it was asked for. */
export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation(["errors", "common"]);
  const { code, message } = toApiError(error);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("errors:title")}
      classNames={{ message: "readable" }}
    >
      <Stack gap={6} align="flex-start">
        {isKnown(code) ? <Text size="sm">{t(`errors:known.${code}`)}</Text> : null}
        <Text size="sm" className="hostile">
          {message}
        </Text>
        <Text size="xs" className="mono">
          {t("errors:code", { code })}
        </Text>
        {onRetry ? (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t("common:retry")}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}

function isKnown(code: string): code is KnownCode {
  return Object.hasOwn(en.errors.known, code);
}
