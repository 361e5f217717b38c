import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProcessorRules } from "../../api/types.ts";
import { useFormat } from "../../components/use-format.ts";

/** What a processor asks of its runs. */
export function Rules({ rules }: { readonly rules: ProcessorRules }) {
  const { t } = useTranslation("processors");
  const format = useFormat();
  const { timeoutMs, concurrency, rateLimit } = rules;
  const rows = [
    [t("rules.timeout"), format.duration(timeoutMs)],
    [t("rules.concurrency"), format.number(concurrency)],
    [
      t("rules.rateLimit"),
      rateLimit === null
        ? t("rules.none")
        : t("rules.rateLimitValue", {
            max: format.number(rateLimit.max),
            duration: format.duration(rateLimit.perMs),
          }),
    ],
  ] as const;
  return (
    <>
      {rows.map(([name, value]) => (
        <Text size="sm" key={name}>
          <Text span inherit c="dimmed">
            {name}
          </Text>{" "}
          {value}
        </Text>
      ))}
    </>
  );
}
