/** Who does something and why, for the audit and for whoever finds it done. */
export interface Actor {
  /** A person's name: of the console's token, or of the user at the command line. */
  readonly by: string;
  /** Empty where none was given. */
  readonly why: string;
}
