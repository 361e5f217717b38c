import { TextInput } from "@mantine/core";

interface DateTimeFieldProps {
  readonly label: string;
  /** ms since 1970 */
  readonly value: number | undefined;
  readonly onChange: (at: number | undefined) => void;
}

/** A moment in the reader's time zone, to the minute. */
export function DateTimeField({ label, value, onChange }: DateTimeFieldProps) {
  return (
    <TextInput
      size="sm"
      type="datetime-local"
      label={label}
      defaultValue={value === undefined ? "" : toLocal(value)}
      onChange={({ currentTarget }) => {
        const at = new Date(currentTarget.value).getTime();
        onChange(Number.isNaN(at) ? undefined : at);
      }}
    />
  );
}

/** As the browser's field wants it: local, without a zone. */
function toLocal(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
