/** One authentic HTTP request of Misskey's, as ingest hands it over. Never holds the secret. */
export interface Delivery {
  /** The name of the hook whose secret it carried. */
  readonly hook: string;
  /** When the request arrived, ms since 1970. Fixed then; later waits do not change it. */
  readonly receivedAt: number;
  readonly meta: DeliveryMeta;
  /** The exact bytes of the body, whatever they are. */
  readonly body: Buffer;
}

/** The few things beside the body that matter later. */
export interface DeliveryMeta {
  /** Which of the hook's secrets it carried, from 1: shows when an old one is no longer in use. */
  readonly secretNumber: number;
  /** `X-Misskey-Hook-Id` or its like in the forks. */
  readonly hookId?: string;
  /** `X-Misskey-Host`: the server's host, with any port. */
  readonly host?: string;
  readonly userAgent?: string;
  readonly contentType?: string;
  /**
   * The body's `type`, of 1 to 128 characters, where the body is JSON in UTF-8: ingest has parsed it, so that nobody
   * else need before it is a job.
   */
  readonly type?: string;
  /** Set where the delivery breaks its hook's pin (`server`, `hookId`): how. It goes to quarantine. */
  readonly pinBroken?: string;
}
