import type { errors as english } from "../en/errors.ts";
import type { TextsOf } from "../texts.ts";

export const errors: TextsOf<typeof english> = {
  title: "エラーが発生しました",
  code: "コード: {{code}}",
  known: {
    UNREACHABLE:
      "コンソールが応答しません。起動しているか、ネットワークにつながっているかを確認してください。",
    BAD_ANSWER: "コンソール以外からの応答です。途中にプロキシがないか確認してください。",
    REDIS_AWAY: "Redis が応答しません。データは失われていません。復旧後にもう一度お試しください。",
    REDIS_FULL:
      "Redis の空き容量がありません。maxmemory を増やすか、保存期間を短くしてください。データは失われていません。",
    WRONG_TOKEN: "このトークンは CONSOLE_TOKENS にありません。",
    TOO_MANY_ATTEMPTS: "サインインの失敗が続きました。1 分ほど待ってからお試しください。",
    NOT_SIGNED_IN: "セッションが終了しました。もう一度サインインしてください。",
    FOREIGN_HOST: "localhost のアドレスで開くか、CONSOLE_TOKENS を設定してください。",
    FOREIGN_ORIGIN: "他のサイトのページからのリクエストです。コンソールを直接開いてください。",
    INVALID_REQUEST: "入力内容に誤りがあります。",
    TOO_LARGE: "サイズが大きすぎます。",
    READ_ONLY: "このトークンは閲覧専用です。「:readonly」の付かないトークンが必要です。",
    CSRF: "ページが古くなっています。再読み込みしてからやり直してください。",
    INVALID_CURSOR: "一覧のこの位置はもう使えません。最初のページから見直してください。",
    INVALID_FILTER: "条件に誤りがあります。修正するか解除してください。",
    INVALID_EVENT_ID: "イベント ID ではありません。0-1795485891939-0 のような形です。",
    EVENT_NOT_FOUND: "このイベントは、保存期間や容量の上限により受信箱から削除されたか、届いていません。",
    DEAD_LETTER_NOT_FOUND: "すでに再実行または破棄されたか、もともとデッドレターではありません。",
    GROUP_NOT_FOUND: "このグループのデッドレターは、すべて再実行または破棄されました。",
    PROCESSOR_NOT_FOUND: "その名前のプロセッサーは登録されていません。削除された可能性があります。",
    PROCESSOR_IN_USE: "まだジョブがあります。完了を待つか、デッドレターを再実行または破棄してください。",
    PROCESSOR_BUILT_IN: "隔離（quarantine）は組み込みのため削除できません。",
    RUN_NOT_FOUND: "その一括実行はありません。古いものは一定期間後に削除されます。",
    RUN_ACTIVE: "このプロセッサーでは別の一括実行が進行中です。終了を待つか中止してください。",
    RUN_ENDED: "一括実行はすでに終了しています。",
    PLAN_OUTDATED: "計画したときから状況が変わりました。計画し直してください。",
    COUNT_MISMATCH: "件数が変わりました。もう一度確認してください。",
    INTERNAL: "コンソールの不具合です。メッセージの ID でログを確認してください。",
  },
};
