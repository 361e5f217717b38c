import { TextInput } from "@mantine/core";
import { fromLocalText, toLocalText } from "./local-time.ts";

interface DateTimeInputProps {
  readonly label: string;
  /** ms since 1970; undefined: none. */
  readonly value: number | undefined;
  readonly onChange: (at: number | undefined) => void;
  readonly required?: boolean;
  readonly error?: string | undefined;
}

/** A moment in the reader's time zone, by the browser's own control. */
export function DateTimeInput({ label, value, onChange, required = false, error }: DateTimeInputProps) {
  return (
    <TextInput
      type="datetime-local"
      size="sm"
      step={1}
      label={label}
      required={required}
      value={value === undefined ? "" : toLocalText(value)}
      onChange={({ currentTarget }) => onChange(fromLocalText(currentTarget.value))}
      error={error}
    />
  );
}
