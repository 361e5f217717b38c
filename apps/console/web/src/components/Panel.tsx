import { Box, Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

interface PanelProps {
  /** A heading makes it a region of that name. */
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without padding, for a table that reaches the edges. */
  readonly flush?: boolean;
}

/** A part of a page. */
export function Panel({ title, actions, children, flush = false }: PanelProps) {
  const id = useId();
  if (title === undefined) {
    return (
      <Box className={classes["panel"] ?? ""}>
        {flush ? children : <div className={classes["body"]}>{children}</div>}
      </Box>
    );
  }
  return (
    <section className={classes["panel"]} aria-labelledby={id}>
      <Group justify="space-between" className={classes["head"] ?? ""} gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {flush ? children : <div className={classes["body"]}>{children}</div>}
    </section>
  );
}
