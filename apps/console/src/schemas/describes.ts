import type { z } from "zod";

/** What a type is as JSON: without `readonly`, which says nothing about it. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** Two functions are the same to the compiler only if the types that they compare with are. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what makes it exact
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * A schema that is compiled only if it says exactly what a type says: a field that an operation gains and the API's
 * description lacks is a mistake of the compiler's finding.
 *
 *     export const thing = describes<Thing>()(z.object({ … }));
 */
export function describes<T>() {
  return <S extends z.ZodType>(
    schema: S &
      (Same<Plain<z.output<S>>, Plain<T>> extends true ? unknown : DiffersFrom<Plain<T>, Plain<z.output<S>>>),
  ): S => schema;
}

/** Only for the compiler's message. */
interface DiffersFrom<Wanted, Got> {
  readonly wanted: Wanted;
  readonly got: Got;
}
