/** What a chat service is to show of an event. Neutral: the services only turn it into their JSON. */
export interface Message {
  /** What happened, in one sentence; after "Test: " if the test button made it. Never what someone wrote. */
  readonly title: string;
  /** The note, or the profile, that it is about. */
  readonly link?: string;
  readonly author?: Author;
  /** ms since 1970 */
  readonly at: number;
  /** What the author wrote. */
  readonly content?: Content;
  /** The note that is replied to, quoted or renoted. Hidden with `content` behind that one's warning. */
  readonly about?: About;
}

export interface Author {
  /** `@alice@example.tld` */
  readonly handle: string;
  readonly link?: string;
  readonly avatar?: string;
}

export interface Content {
  /** A content warning, an empty one included: everything else here is shown behind it or not at all. */
  readonly warning?: string;
  readonly text: string;
  readonly images: readonly string[];
  /** Images that may not be shown openly. */
  readonly sensitiveImages: readonly string[];
}

export interface About {
  /** `In reply to @alice@example.tld` */
  readonly label: string;
  readonly content: Content;
}

/** A message, or why there is none. */
export type Rendering = { readonly message: Message } | { readonly withheld: string };
