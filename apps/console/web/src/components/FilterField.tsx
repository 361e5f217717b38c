import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type Ref, useEffect, useState } from "react";

const SETTLE_MS = 400;

interface FilterFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string | undefined;
  /** Called when somebody stops typing. */
  readonly onChange: (value: string) => void;
  readonly inputMode?: "numeric";
  readonly ref?: Ref<HTMLInputElement>;
}

/** A condition to type in; it holds as soon as one stops typing. */
export function FilterField({ label, placeholder, value = "", onChange, inputMode, ref }: FilterFieldProps) {
  const [draft, setDraft] = useState(value);
  const settle = useDebouncedCallback(onChange, SETTLE_MS);
  // The address was changed elsewhere: by going back, or by "clear".
  useEffect(() => setDraft((typed) => (typed.trim() === value ? typed : value)), [value]);
  return (
    <TextInput
      size="sm"
      label={label}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={draft}
      {...(inputMode ? { inputMode } : {})}
      {...(ref ? { ref } : {})}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        settle(currentTarget.value);
      }}
    />
  );
}
