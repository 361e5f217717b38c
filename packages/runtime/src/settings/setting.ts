/**
 * A catalogue of settings is a zod object. Its keys are the names in the code; each field carries the name in the
 * environment, its description and its default, from which the loader reads and docs/settings.md is generated.
 */
import { z } from "zod";

/** A catalogue: a zod object whose fields were made with `setting` or `optionalSetting`. */
export type Catalogue = z.ZodObject;

interface SettingText {
  /** One or two sentences for docs/settings.md. */
  readonly describe: string;
  /** A secret can also come from a file (`<NAME>_FILE`), may not be empty, and is never shown. */
  readonly secret?: boolean;
}

/** What is known of one setting. */
export interface SettingInfo {
  /** The name in the code. */
  readonly key: string;
  /** The name in the environment. */
  readonly env: string;
  readonly description: string;
  readonly secret: boolean;
  /** As one would write it in the environment. */
  readonly defaultText: string | undefined;
  /** There has to be a value, and there is no default. */
  readonly required: boolean;
  readonly schema: z.core.$ZodType;
}

type FromText = z.ZodType<unknown, string>;

/**
 * A setting that always has a value.
 * @param env its name in the environment
 * @param type how its text is read (types.ts)
 * @param info `default` is written as in the environment and read by `type` too; `defaultText` replaces it in the
 *   documentation where it depends on the machine
 */
export function setting<T extends FromText>(
  env: string,
  type: T,
  info: SettingText & { readonly default: string | (() => string); readonly defaultText?: string },
): z.ZodPrefault<T> {
  const schema = z.prefault(type, info.default as z.input<T> | (() => z.input<T>));
  const { describe: description, secret = false, defaultText } = info;
  return schema.meta({ env, description, secret, defaultText });
}

/** A setting that may be absent; see `setting`. */
export function optionalSetting<T extends FromText>(
  env: string,
  type: T,
  info: SettingText,
): z.ZodOptional<T> {
  return z.optional(type).meta({ env, description: info.describe, secret: info.secret ?? false });
}

/**
 * Lists what a catalogue holds. A field without our metadata (a processor's `z.url().describe("…")`) is named in the
 * environment as in the code; its `.meta({ secret: true })` counts.
 */
export function listSettings(catalogue: Catalogue): readonly SettingInfo[] {
  return Object.entries<z.core.$ZodType>(catalogue.shape).map(([key, schema]) => {
    const { env, description, secret, defaultText } = findMeta(schema);
    return {
      key,
      env: typeof env === "string" ? env : key,
      description: typeof description === "string" ? description : "",
      secret: secret === true,
      defaultText: typeof defaultText === "string" ? defaultText : findDefault(schema),
      required: !z.safeParse(schema, undefined).success,
      schema,
    };
  });
}

/** Of `z.url().describe("…").optional()` the text hangs on the inner schema. */
function findMeta(schema: z.core.$ZodType): Readonly<Record<string, unknown>> {
  const inner = "innerType" in schema._zod.def ? schema._zod.def.innerType : undefined;
  const own = z.globalRegistry.get(schema) ?? {};
  return inner instanceof z.core.$ZodType ? { ...findMeta(inner), ...own } : own;
}

function findDefault(schema: z.core.$ZodType): string | undefined {
  const fallback = "defaultValue" in schema._zod.def ? schema._zod.def.defaultValue : undefined;
  return typeof fallback === "string" || typeof fallback === "number" || typeof fallback === "boolean"
    ? String(fallback)
    : undefined;
}
