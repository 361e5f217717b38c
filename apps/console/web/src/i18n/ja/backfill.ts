import type { backfill as en } from "../en/backfill.ts";
import type { TextsOf } from "../texts.ts";

export const backfill: TextsOf<typeof en> = {
  title: "バックフィル",
  intro: "受信箱に残っているイベントを、いま届いたものとしてプロセッサーで処理します。",
  keys: "イベントごとに、この一括実行に固有の ID と冪等性キーを持つ独立したジョブになります。過去 1 日に処理したイベントも再び処理されるため、送り先が冪等性キーに対応していなければ、外部への影響が 2 回起こります。",
  form: {
    processor: "プロセッサー",
    processorHint: "今日追加したプロセッサーも選べます。",
    from: "受信日時（以降）",
    to: "受信日時（以前）",
    types: "種類",
    typesHint: "空欄: プロセッサーの対象すべて。",
    hook: "フック",
    hookHint: "空欄: すべて。",
    reach: "受信箱で最も古いイベント:",
    hour: "直近 1 時間",
    day: "直近 1 日",
    all: "すべて",
    plan: "件数を確認",
    processorMissing: "プロセッサーを選んでください。",
    rangeMissing: "日時を指定してください。",
    invalidRange: "終了は開始より後にしてください。",
  },
  readonly: "閲覧専用ではバックフィルを開始できません。",
  noProcessorsTitle: "プロセッサーはまだありません",
  noProcessors: "ワーカーの起動時に登録されます:",
  planTitle: "実行される内容",
};
