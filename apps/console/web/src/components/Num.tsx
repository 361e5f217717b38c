import { Text, type TextProps } from "@mantine/core";
import { useFormat } from "./use-format.ts";

interface NumProps extends TextProps {
  /** null: not known. */
  readonly value: number | null;
  readonly digits?: number;
}

/** A figure: grouped, and as wide as every other of its length. */
export function Num({ value, digits = 0, ...props }: NumProps) {
  const format = useFormat();
  return (
    <Text component="span" inherit {...props}>
      {value === null ? "–" : format.number(value, digits)}
    </Text>
  );
}
