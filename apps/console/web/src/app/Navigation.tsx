import { Badge, NavLink, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { overviewQuery } from "../api/overview.ts";
import { useFormat } from "../components/use-format.ts";
import { isAt, navigation } from "./navigation.ts";

/** Every screen, with the number of dead letters and of runs under way beside theirs. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTranslation("nav");
  const format = useFormat();
  const [location] = useLocation();
  const { data } = useQuery(overviewQuery);
  const counts: Partial<Record<string, number>> = {
    dead: data?.processors.reduce((sum, { dead }) => sum + dead, 0) ?? 0,
    runs: data?.runs ?? 0,
  };
  return navigation.map(({ group, entries }) => (
    <div key={group}>
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="sm" pb={4}>
        {t(`groups.${group}`)}
      </Text>
      {entries.map((entry) => {
        const active = isAt(entry, location);
        const count = counts[entry.name] ?? 0;
        return (
          <NavLink
            key={entry.path}
            component={Link}
            href={entry.path}
            onClick={onNavigate}
            active={active}
            aria-current={active ? "page" : undefined}
            label={t(entry.name)}
            noWrap
            leftSection={<entry.icon size={18} stroke={1.6} aria-hidden />}
            rightSection={
              count > 0 ? (
                <Badge size="sm" variant="default" radius="sm">
                  {format.compact(count)}
                </Badge>
              ) : null
            }
          />
        );
      })}
    </div>
  ));
}
