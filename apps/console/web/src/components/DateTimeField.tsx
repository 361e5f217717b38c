import { TextInput } from "@mantine/core";
import { useState } from "react";
import { fromLocalText, toLocalText } from "./local-time.ts";

interface DateTimeFieldProps {
  readonly label: string;
  /** ms since 1970; undefined: none. */
  readonly value: number | undefined;
  readonly onChange: (at: number | undefined) => void;
  readonly required?: boolean;
  readonly error?: string | undefined;
}

/** A moment in the reader's time zone, by the browser's own control. */
export function DateTimeField({ label, value, onChange, required = false, error }: DateTimeFieldProps) {
  const [typed, setTyped] = useState("");
  // What is typed stays as it is: written anew, even if it means the same, the control would lose the place in it.
  const text = fromLocalText(typed) === value ? typed : toLocalText(value);
  return (
    <TextInput
      type="datetime-local"
      size="sm"
      step={1}
      // Years of four digits, so that the fourth leads on.
      max="9999-12-31T23:59:59"
      label={label}
      required={required}
      value={text}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(fromLocalText(currentTarget.value));
      }}
      error={error}
    />
  );
}
