import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonContent } from "../../api/types.ts";
import { Handle } from "../../components/Handle.tsx";

/** Name and handle, both of a stranger's choice. */
export function PersonLine({ person: { name, handle, isBot } }: { readonly person: PersonContent }) {
  const { t } = useTranslation("events");
  return (
    <Text size="sm" component="div" className="hostile-line">
      {name === null || name === "" ? null : (
        <>
          <Text span inherit fw={600}>
            <bdi>{name}</bdi>
          </Text>{" "}
        </>
      )}
      <Handle handle={handle} />
      {isBot ? (
        <Badge ml={6} size="xs" variant="default" radius="sm">
          {t("content.bot")}
        </Badge>
      ) : null}
    </Text>
  );
}
