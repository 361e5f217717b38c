/**
 * A language's texts for the keys of the English ones: no more, no less. Japanese has one plural form, `_other`, where
 * English has `_one` too.
 */
export type TextsOf<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : TextsOf<T[K]>;
};
